//! Prints the trials of a study in a journal, one JSON object a line: `trials sweep.log NAME`.

use std::error::Error;
use std::fs::File;

use hyperopt_store::read_journal;
use serde_json::{Map, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(name)) = (arguments.next(), arguments.next()) else {
        return Err("which journal, and which study in it?".into());
    };
    let sweep = read_journal(File::open(path)?, &name)?;
    for trial in sweep.history().trials() {
        let axes = sweep.space().axes().iter().zip(trial.point().iter());
        let values = axes.filter_map(|(axis, unit)| {
            let value = axis.value(unit?);
            let number = value.as_f64().filter(|number| number.is_finite());
            Some((axis.name().to_owned(), number.map_or_else(|| value.to_string().into(), serde_json::Value::from)))
        });
        let params: Map<_, _> = values.collect();
        let (number, state, values) = (trial.number(), trial.state().name(), trial.values());
        println!("{}", json!({ "trial": number, "state": state, "values": values, "params": params }));
    }
    Ok(())
}
