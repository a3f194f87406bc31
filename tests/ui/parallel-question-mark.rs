use hyperopt::prelude::*;

fn main() -> Result<(), std::num::ParseFloatError> {
    let _ = thyperopt!(
        a = ["1.0", "2.0"],
        for _ in 0..10 {
            let number: f64 = a.parse()?;
            number.sqrt()
        }
    );
    Ok(())
}
