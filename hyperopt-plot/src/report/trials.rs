//! The table of all trials: its head, its controls, and the rows as JSON, of which the script makes pages.

use std::fmt::Write as _;

use hyperopt_core::Sweep;
use itertools::Itertools as _;
use maud::{Markup, PreEscaped, html};

use crate::report::{
    columns::{Column, digits},
    configuration::quoted,
};

/// Writes the section. It is hidden until the script has made the rows.
pub(super) fn table(sweep: &Sweep, columns: &[Column]) -> Markup {
    let names = columns.iter().map(|column| &column.name);
    html! {
        section #trials aria-labelledby="trials-title" {
            h2 #trials-title { "All trials" }
            noscript { p { "The table of all trials needs the script of this page, which is switched off." } }
            .script {
                .controls {
                    label for="filter" { "Filter" }
                    input #filter type="search" autocomplete="off" spellcheck="false" aria-describedby="filter-hint"
                        placeholder=(example(columns));
                    output #count for="filter" {}
                }
                p #filter-hint .note {
                    "Words, and comparisons with " code { "=" } " " code { "!=" } " " code { "<" } " " code { "<=" } " " code { ">" } " "
                    code { ">=" } "; all have to hold. A name with a space stands in quotes. Numbers have " (digits(sweep))
                    " digits; " code { "write_csv" } " and " code { "hyperopt export" } " have all."
                }
                nav.pages aria-label="Pages of the table" {
                    button #first type="button" { "First" }
                    button #back type="button" { "Previous" }
                    span #page aria-live="polite" {}
                    button #next type="button" { "Next" }
                    button #last type="button" { "Last" }
                }
                .scroll #rows role="region" aria-labelledby="trials-title" tabindex="0" {
                    table #all {
                        thead {
                            tr {
                                @for (index, name) in names.enumerate() {
                                    th.number[columns[index].is_number] scope="col" aria-sort=(if index == 0 { "ascending" } else { "none" }) {
                                        button type="button" data-column=(index) { (name) (columns[index].sign) }
                                    }
                                }
                            }
                        }
                        tbody {}
                    }
                }
            }
            script #data type="application/json" { (PreEscaped(json(sweep, columns))) }
        }
    }
}

/// Returns a filter that fits the table.
fn example(columns: &[Column]) -> String {
    let number = columns.iter().skip_while(|column| column.name != "state").find(|column| column.is_number);
    let is_plain = |column: &&Column| !column.name.contains([' ', '<', '>', '=', '!', '"']);
    let name = number.filter(is_plain).map_or("seconds", |column| &column.name);
    format!("state=complete {name}<0.5")
}

/// Writes the columns as JSON that is safe inside an element `script`: numbers as they are, texts as indices of their levels.
fn json(sweep: &Sweep, columns: &[Column]) -> String {
    let mut json = format!("{{\"count\":{},\"columns\":[", sweep.history().len());
    for (index, column) in columns.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let (name, sign) = (string(&column.name), string(column.sign));
        // Writing to a string cannot fail.
        let _ = write!(json, "{comma}\n{{\"name\":{name},\"sign\":{sign},\"number\":{}", column.is_number);
        if index == 0 {
            // The numbers of the trials are those of the rows.
            json.push('}');
            continue;
        }
        let cells = column.cells.iter().map(Option::as_deref);
        if column.is_number {
            let cell = |cell: Option<&str>| match cell {
                None => "null".to_owned(),
                Some(text) if text.ends_with(|c: char| c.is_ascii_digit()) => text.to_owned(),
                Some(text) => string(text),
            };
            let _ = write!(json, ",\"cells\":[{}]}}", cells.map(cell).format(","));
        } else {
            let levels: Vec<_> = cells.clone().flatten().sorted_unstable().dedup().collect();
            let index = |text| levels.binary_search(&text).map_or(-1, |index| index as i64);
            let listed = levels.iter().map(|text| string(text)).format(",");
            let cells = cells.map(|cell| cell.map_or(-1, index)).format(",");
            let _ = write!(json, ",\"levels\":[{listed}],\"cells\":[{cells}]}}");
        }
    }
    json.push_str("]}\n");
    json
}

/// Returns `text` as a string of JSON that cannot end the element around it.
fn string(text: &str) -> String {
    quoted(text).replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_the_element() {
        let text = "</script><!--<script> & \u{2028}\"\\\n";
        let written = string(text);
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\n']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
