//! What lies along an axis in a few words, for messages.

use itertools::Itertools;

use crate::error::counted;
use crate::space::domain::Domain;
use crate::space::{Scale, number};

impl Domain {
    /// The candidates in a few words, for messages.
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
