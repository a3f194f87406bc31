//! Texts that are cut where they are alike, so that they can be told apart.

use itertools::Itertools as _;

use crate::text::{Fonts, TextStyle};

/// Says that something is cut.
const CUT: &str = "…";

impl Fonts {
    /// Cuts each of `texts` so that it is at most `width` wide: at its end, or where that would make different ones alike, in the
    /// middle, at its beginning, or both after what all of them begin with and at the end.
    pub(crate) fn distinct<T: AsRef<str>>(&self, texts: &[T], style: TextStyle, width: f64) -> Vec<String> {
        let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let different = texts.iter().unique().count();
        let alike = common(&texts);
        let ways: [&dyn Fn(&str) -> String; 4] = [
            &|text| self.shorten(text, style, width).into_owned(),
            &|text| self.cut(text, style, width, 0.5),
            &|text| self.cut(text, style, width, 0.0),
            &|text| match text.chars().skip(alike).collect::<String>() {
                rest if alike > 0 => self.shorten(&format!("{CUT}{rest}"), style, width).into_owned(),
                rest => self.shorten(&rest, style, width).into_owned(),
            },
        ];
        let (mut best, mut most) = (Vec::new(), 0);
        for way in ways {
            let cut: Vec<String> = texts.iter().map(|text| way(text)).collect();
            let count = cut.iter().unique().count();
            if count > most {
                (best, most) = (cut, count);
            }
            if most >= different {
                break;
            }
        }
        best
    }

    /// Returns the text number `index` of [`distinct`](Self::distinct) ones.
    pub(crate) fn distinct_one<T: AsRef<str>>(
        &self,
        texts: &[T],
        index: usize,
        style: TextStyle,
        width: f64,
    ) -> String {
        match texts.get(index) {
            Some(text) if self.width(text.as_ref(), style) <= width => text.as_ref().to_owned(),
            Some(_) => self.distinct(texts, style, width).swap_remove(index),
            None => String::new(),
        }
    }

    /// Cuts what does not fit out of `text`, after `share` of what is kept.
    fn cut(&self, text: &str, style: TextStyle, width: f64, share: f64) -> String {
        if self.width(text, style) <= width {
            return text.to_owned();
        }
        let room = width - self.width(CUT, style);
        let letters: Vec<char> = text.chars().collect();
        let width_of = |letter: &char| self.width(letter.encode_utf8(&mut [0; 4]), style);
        let fitting = |letters: &mut dyn Iterator<Item = &char>, room: f64| {
            let mut used = 0.0;
            letters.map(width_of).take_while(|width| (used + width <= room).then(|| used += width).is_some()).count()
        };
        let start = fitting(&mut letters.iter(), room * share);
        let head: String = letters[..start].iter().collect();
        let end = fitting(&mut letters[start..].iter().rev(), room - self.width(&head, style));
        let tail: String = letters[letters.len() - end..].iter().collect();
        if start + end == 0 { String::new() } else { format!("{}{CUT}{}", head.trim_end(), tail.trim_start()) }
    }
}

/// Returns how many letters all of the different `texts` begin with.
fn common(texts: &[&str]) -> usize {
    let Some((first, others)) = texts.split_first() else { return 0 };
    let with = |other: &&str| first.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    others.iter().filter(|other| *other != first).map(with).min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme;

    #[test]
    fn what_differs_is_kept() {
        let fonts = Fonts::load(false).unwrap();
        let style = TextStyle::regular(11.0, theme::INK);
        let cut = |texts: &[&str], width| {
            let cut = fonts.distinct(texts, style, width);
            assert!(cut.iter().all(|text| fonts.width(text, style) <= width), "{cut:?}");
            cut
        };
        assert_eq!(cut(&["relu", "tanh"], 60.0), ["relu", "tanh"]);
        assert_eq!(cut(&["a_very_long_name", "another_long_name"], 60.0), ["a_very_lo…", "another_l…"], "as before");
        let models = ["bert-base-uncased-english-v1", "bert-base-uncased-english-v2", "bert-base-uncased-english-v3"];
        assert_eq!(cut(&models, 60.0), ["bert-…h-v1", "bert-…h-v2", "bert-…h-v3"]);
        assert_eq!(cut(&models, 20.0), ["…1", "…2", "…3"]);
        assert_eq!(fonts.distinct_one(&models, 1, style, 60.0), "bert-…h-v2");
        let inside =
            ["the-same-beginning-of-both-adam-and-the-same-end", "the-same-beginning-of-both-sgd-and-the-same-end"];
        let [a, b] = <[String; 2]>::try_from(cut(&inside, 60.0)).unwrap();
        assert!(a.starts_with("…adam") && b.starts_with("…sgd"), "{a} {b}");
    }
}
