//! Any bytes as the file that `fmin` keeps: the search goes on with it, or it is refused and left as it is.

use super::super::directory;
use hyperopt::{fmin, hp, space};

/// Runs the input `bytes`.
pub fn run(bytes: &[u8]) {
    let directory = directory();
    let file = directory.path().join("trials.json");
    std::fs::write(&file, bytes).unwrap();
    let space = space!(x = hp::uniform("x", -5, 5), width = hp::randint("width", 3..9));
    let search = fmin(|p| p.x * p.x + f64::from(p.width), space).max_evals(6).rstate(7).trials_save_file(&file);
    match search.evaluate() {
        Ok(trials) => {
            assert!(trials.trials().all(|(_, p)| (-5.0..=5.0).contains(&p.x) && (3..9).contains(&p.width)));
            _ = trials.hyperoptimizer().to_string();
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            assert_eq!(std::fs::read(&file).unwrap(), bytes, "a file that is refused is left as it is");
        }
    }
}
