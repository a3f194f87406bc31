//! What a function of another library makes, read from the words of its name: `suggest_float`, `lograndint`, `LogUniform`.

/// The kinds of candidates that such functions make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Floats,
    Integers,
    Normal,
    List,
    /// Numbers evenly spaced, of which the third argument gives the number.
    Spaced,
    /// The same in the exponent; the ends are exponents.
    Powers,
    /// The same in the logarithm; the ends are numbers.
    Geometric,
    /// Numbers from one end to the other, of which the third argument gives the distance.
    Stepped,
}

/// What the name of such a function says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) kind: Kind,
    pub(super) is_log: bool,
    /// Whether the upper end is none of the values, as of Python's `randint` in most libraries.
    pub(super) is_half_open: bool,
}

/// The words of names, and the kinds that they stand for. A word that begins with another one comes before it.
const WORDS: [(&str, Option<Kind>); 28] = [
    ("suggest", None),
    ("sample", None),
    ("randn", Some(Kind::Normal)),
    ("random", None),
    ("rand", None),
    ("discrete", None),
    ("quantized", None),
    ("categorical", Some(Kind::List)),
    ("choice", Some(Kind::List)),
    ("gridsearch", Some(Kind::List)),
    ("collect", Some(Kind::List)),
    ("list", Some(Kind::List)),
    ("linspace", Some(Kind::Spaced)),
    ("linrange", Some(Kind::Spaced)),
    ("logspace", Some(Kind::Powers)),
    ("geomspace", Some(Kind::Geometric)),
    ("logrange", Some(Kind::Geometric)),
    ("arange", Some(Kind::Stepped)),
    ("range", Some(Kind::Stepped)),
    ("normal", Some(Kind::Normal)),
    ("gauss", Some(Kind::Normal)),
    ("integer", Some(Kind::Integers)),
    ("int", Some(Kind::Integers)),
    ("uniform", Some(Kind::Floats)),
    ("float", Some(Kind::Floats)),
    ("real", Some(Kind::Floats)),
    ("log", None),
    ("q", None),
];

/// Returns what the function `name` makes, if its name consists of these words.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let plain: String = name.chars().filter(|c| *c != '_').collect::<String>().to_lowercase();
    let (mut rest, mut found, mut words) = (&plain[..], None, Vec::new());
    while !rest.is_empty() {
        let (word, kind) = WORDS.iter().find(|(word, _)| rest.starts_with(word))?;
        rest = &rest[word.len()..];
        words.push(*word);
        // `uniformint` and `intuniform` have integers.
        found = if found == Some(Kind::Integers) { found } else { kind.or(found) };
    }
    Some(Meaning { kind: found?, is_log: words.contains(&"log"), is_half_open: words.contains(&"rand") })
}

#[cfg(test)]
mod tests {
    use super::{Kind, meaning};

    #[test]
    fn names_are_read_by_their_words() {
        let read = |name: &str| meaning(name).map(|meaning| (meaning.kind, meaning.is_log));
        for name in ["uniform", "Uniform", "quniform", "suggest_float", "Real", "suggest_discrete_uniform"] {
            assert_eq!(read(name), Some((Kind::Floats, false)), "{name}");
        }
        for name in ["loguniform", "LogUniform", "log_uniform", "qloguniform", "suggest_loguniform"] {
            assert_eq!(read(name), Some((Kind::Floats, true)), "{name}");
        }
        for name in ["randint", "qrandint", "uniformint", "suggest_int", "Integer", "random_integer"] {
            assert_eq!(read(name), Some((Kind::Integers, false)), "{name}");
        }
        assert_eq!(read("lograndint"), Some((Kind::Integers, true)));
        assert_eq!(read("qlognormal"), Some((Kind::Normal, true)));
        assert_eq!(read("LinRange"), Some((Kind::Spaced, false)));
        for name in
            ["", "log", "print", "points", "interval", "choices_of", "load", "uniformly", "q", "sample", "random"]
        {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
