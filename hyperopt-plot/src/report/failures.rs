//! The failures by reason.

use std::collections::BTreeMap;

use hyperopt_core::{Sweep, plain::plain};
use maud::{Markup, html};

use crate::report::best::link;

/// The most runs of trial numbers that are listed for one reason.
const MOST_RUNS: usize = 60;
/// The most characters of a reason that are shown.
const LONGEST: usize = 4_000;

/// Failures whose reasons differ in their numbers only.
struct Group<'s> {
    /// The reason of the first.
    reason: &'s str,
    numbers: Vec<usize>,
}

/// Writes the reasons of failures, the most frequent first; `None` if no trial failed.
pub(super) fn failures(sweep: &Sweep) -> Option<Markup> {
    let groups = groups(sweep.history().trials().iter().filter_map(|trial| Some((trial.number(), trial.reason()?))));
    (!groups.is_empty()).then(|| {
        html! {
            section #failures aria-labelledby="failures-title" {
                h2 #failures-title { "Failures by reason" }
                ul.failures { @for group in &groups { (item(group)) } }
            }
        }
    })
}

fn item(group: &Group) -> Markup {
    let (runs, left_out) = runs(&group.numbers);
    let count = group.numbers.len();
    let noun = if count == 1 { "trial" } else { "trials" };
    let reason = plain(group.reason.trim());
    let shown: String = reason.chars().take(LONGEST).collect();
    let mut lines = shown.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("no reason was given");
    // Of several lines the last one names the error that the lines before lead to.
    let last = lines.next_back();
    let cut = |line: &str| line.chars().take(120).collect::<String>();
    html! {
        li {
            p {
                strong { (count) " " (noun) } ": "
                @for (index, (from, to)) in runs.iter().enumerate() {
                    @if index > 0 { ", " }
                    (link(*from))
                    @if to > from { "–" (link(*to)) }
                }
                @if left_out > 0 { " and " (left_out) " more; the filter " code { "state=failed" } " shows them all" }
            }
            @if count > 1 && group.reason.contains(|c: char| c.is_ascii_digit()) {
                p.note { "As trial " (group.numbers[0]) " says it; the numbers in it may differ." }
            }
            @if last.is_some() || shown.chars().count() > 300 {
                details {
                    summary { (cut(first)) @if let Some(last) = last { " … " (cut(last)) } }
                    pre tabindex="0" { (shown) }
                    @if shown.len() < reason.len() { p.note { "The rest is left out." } }
                }
            } @else {
                p.reason { (first) }
            }
        }
    }
}

/// Groups reasons that differ in their numbers only, such as the step at which a loss became infinite.
fn groups<'s>(failed: impl Iterator<Item = (usize, &'s str)>) -> Vec<Group<'s>> {
    let mut groups: BTreeMap<String, Group<'s>> = BTreeMap::new();
    for (number, reason) in failed {
        let group = groups.entry(kind(reason)).or_insert_with(|| Group { reason, numbers: Vec::new() });
        group.numbers.push(number);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by(|a, b| b.numbers.len().cmp(&a.numbers.len()).then(a.numbers.cmp(&b.numbers)));
    groups
}

/// Returns `reason` without its digits.
fn kind(reason: &str) -> String {
    let mut kind = String::with_capacity(reason.len());
    for char in reason.trim().chars() {
        let char = if char.is_ascii_digit() { '0' } else { char };
        if !(char == '0' && kind.ends_with('0')) {
            kind.push(char);
        }
    }
    kind
}

/// Returns the first and the last of each run of `numbers`, which are sorted, and how many numbers are left out.
fn runs(numbers: &[usize]) -> (Vec<(usize, usize)>, usize) {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (index, &number) in numbers.iter().enumerate() {
        let is_full = runs.len() == MOST_RUNS;
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ if is_full => return (runs, numbers.len() - index),
            _ => runs.push((number, number)),
        }
    }
    (runs, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_that_differ_in_numbers_are_one() {
        let failed = [(0, "loss is NaN at step 3"), (2, "out of memory"), (3, "loss is NaN at step 17")];
        let groups = groups(failed.into_iter());
        let found: Vec<_> = groups.iter().map(|group| (group.reason, group.numbers.as_slice())).collect();
        assert_eq!(found, [("loss is NaN at step 3", [0, 3].as_slice()), ("out of memory", &[2])]);
    }

    #[test]
    fn numbers_are_runs() {
        assert_eq!(runs(&[1, 2, 3, 7, 9, 10]), (vec![(1, 3), (7, 7), (9, 10)], 0));
        let odd: Vec<_> = (0..100).map(|n| 2 * n + 1).collect();
        let (runs, left_out) = runs(&odd);
        assert_eq!((runs.len(), left_out), (MOST_RUNS, 100 - MOST_RUNS));
    }
}
