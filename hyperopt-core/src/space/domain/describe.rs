//! What lies along an axis in a few words, for messages.

use std::iter::repeat;

use itertools::Itertools;

use crate::error::counted;
use crate::space::domain::Domain;
use crate::space::{Scale, number};

impl Domain {
    /// Returns the candidates with all digits, weights and kinds of bounds, for messages in which few words say the same of two
    /// domains.
    pub(crate) fn describe_exactly(&self) -> String {
        match self {
            Self::Real { lo, hi, open, scale } => {
                format!("{lo}{}{hi}{}", if *open { ".." } else { "..=" }, on_scale(*scale))
            }
            Self::Steps { lo, hi, count, .. } | Self::Spaced { lo, hi, count, .. } => {
                format!("{count} numbers from {lo} to {hi}{}", on_scale(self.scale()))
            }
            Self::Levels { labels, ends, .. } => {
                let shares =
                    ends.iter().flat_map(|ends| [0.0].iter().chain(ends).tuple_windows().map(|(from, to)| to - from));
                let shares = shares.map(|share| format!(" ({}%)", number(100.0 * share))).chain(repeat(String::new()));
                format!("[{}]", labels.iter().zip(shares).map(|(label, share)| label.exact() + &share).join(", "))
            }
            Self::Integers { .. } => self.describe(),
            Self::Quantised(quantised) => quantised.describe_exactly() + on_scale(self.scale()),
            Self::Normal(normal) => format!("{} ({:?}, {:?})", normal.describe(), normal.mu, normal.sigma),
        }
    }

    /// Returns the candidates in a few words, for messages.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Real { lo, hi, scale, .. } => {
                format!("{}..={}{}", number(*lo), number(*hi), on_scale(*scale))
            }
            Self::Steps { count, scale, .. } | Self::Spaced { count, scale, .. } => {
                let (lo, hi) = self.bounds().unwrap_or_default();
                let count = counted(*count as usize, "number");
                format!("{count} from {} to {}{}", number(lo), number(hi), on_scale(*scale))
            }
            Self::Integers { lo, hi, scale } => format!("{lo}..={hi}{}", on_scale(*scale)),
            Self::Quantised(quantised) => quantised.describe() + on_scale(self.scale()),
            Self::Normal(normal) => normal.describe(),
            Self::Levels { labels, ordered, .. } => {
                let shown = labels.iter().take(6).join(", ");
                let more = if labels.len() > 6 { ", …" } else { "" };
                let order = if *ordered { "ordinal" } else { "" };
                format!("{order}[{shown}{more}]")
            }
        }
    }
}

fn on_scale(scale: Scale) -> &'static str {
    match scale {
        Scale::Log10 => " on a log scale",
        Scale::Logit => " on a logit scale",
        Scale::Bilog => " on a bilog scale",
        Scale::Linear | Scale::Normal | Scale::LogNormal => "",
    }
}
