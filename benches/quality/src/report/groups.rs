//! The groups of problems that the ranks are taken over.

use crate::budgeted::CHECKPOINTS;
use crate::problem::Problem;
use crate::problems;
use crate::trial_run::BUDGETS;

/// A group of problems that are reported together.
pub struct Group {
    pub title: String,
    pub problems: Vec<&'static str>,
    pub budgets: Vec<f64>,
}

/// The problems made up of levels only.
const LEVELS: [&str; 5] = ["grid-4", "noisy-grid-3", "integers-6", "log-levels-3", "fifty-categories-3"];

/// Returns the budgets up to one.
pub fn trials(most: usize) -> Vec<f64> {
    BUDGETS.into_iter().filter(|&budget| budget <= most).map(|budget| budget as f64).collect()
}

pub fn groups() -> Vec<Group> {
    let own = |keep: &dyn Fn(&Problem) -> bool| {
        problems::PROBLEMS.iter().filter(|problem| keep(problem)).map(|problem| problem.name).collect::<Vec<_>>()
    };
    let is_levels = |problem: &Problem| LEVELS.contains(&problem.name);
    let with_budgets = problems::BUDGETED.iter().map(|problem| problem.name).collect();
    let group = |title: &str, problems, budgets| Group { title: title.into(), problems, budgets };
    let mut groups = vec![
        group("all problems, 10 to 100 trials", own(&|_| true), trials(100)),
        group("all problems, 10 to 200 trials", own(&|_| true), trials(200)),
        group("continuous problems, 10 to 200 trials", own(&|problem| problem.is_continuous), trials(200)),
        group("continuous problems, 1,000 trials", own(&|problem| problem.is_continuous), vec![1000.0]),
        group("problems of levels only, 10 to 200 trials", own(&is_levels), trials(200)),
        group(
            "mixed and conditional problems, 10 to 200 trials",
            own(&|problem| !problem.is_continuous && !is_levels(problem)),
            trials(200),
        ),
    ];
    for suite in &problems::SUITES[1..] {
        let problems: Vec<_> = suite.problems.iter().map(|problem| problem.name).collect();
        for most in [100, 200] {
            let title = format!("{}, 10 to {most} trials", suite.title);
            groups.push(Group { title, problems: problems.clone(), budgets: trials(most) });
        }
    }
    groups.push(group("problems with budgets", with_budgets, CHECKPOINTS.to_vec()));
    groups
}
