//! `each(8, 0.0..=1.0)`: an array of values, each along an axis of its own.

use crate::memory::Memory;
use hyperopt::prelude::*;
use hyperopt::{AutoSampler, CmaEsSampler, GpSampler, InitialPoints, Parameters, Sampler, StopReason, Sweep, Value};

const LAYERS: usize = 3;

struct Net;

impl Net {
    const WIDTHS: usize = 2;
}

fn names(sweep: &Sweep) -> Vec<&str> {
    sweep.space().axes().iter().map(hyperopt::Axis::name).collect()
}

/// Returns the values of each trial, by the names of their axes.
fn told(sweep: &Sweep) -> Vec<Vec<(String, Value)>> {
    let axes = sweep.space().axes();
    let shown = sweep.history().trials().iter().map(|trial| {
        let values = axes.iter().enumerate().filter_map(|(index, axis)| {
            let coordinate = trial.point().coordinate(index)?;
            Some((axis.name().to_owned(), axis.value_at(coordinate)))
        });
        values.collect()
    });
    shown.collect()
}

#[test]
fn all_kinds_of_candidates_make_arrays() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Act {
        Tanh,
        Relu,
    }
    let ho = hyperopt!(
        seed = 7,
        before = 0.0..=1.0,
        w = each(8, 0.0..=1.0),
        units = each(LAYERS, log(1..=1024)),
        act = each(Net::WIDTHS, [Act::Tanh, Act::Relu]),
        rate = each(2 * LAYERS - 4, hp::loguniform("rate", -3.0, 0.0)),
        drop = each(1, linrange(0.0, 0.5, 6)),
        grown = each(const { LAYERS.pow(2) }, ordinal([1.0, 2.0, 4.0])),
        after = 1..=4,
        for _ in 0..30 {
            let w: [f64; 8] = w;
            let units: [i64; 3] = units;
            let act: [Act; 2] = act;
            assert!(w.iter().all(|w| (0.0..=1.0).contains(w)) && units.iter().all(|n| (1..=1024).contains(n)));
            assert!(rate.iter().all(|rate| (0.04..=1.0).contains(rate)) && rate.len() == 2);
            assert!(drop[0] <= 0.5 && grown.len() == 9 && (1..=4).contains(&after));
            w.iter().sum::<f64>() + before + f64::from(u8::from(act[0] == act[1]))
        }
    );
    assert_eq!(ho.end(), StopReason::Planned, "{:?}", ho.error());
    let names = names(ho.sweep());
    assert_eq!(names.len(), 1 + 8 + 3 + 2 + 2 + 1 + 9 + 1);
    assert_eq!((names[0], names[1], names[8], names[9], names[12]), ("before", "w[0]", "w[7]", "units[0]", "act[0]"));
    assert_eq!((names[14], names[16], names[26]), ("rate[0]", "drop[0]", "after"));
    assert_eq!(ho.space().axes()[12].labels().unwrap(), ["Act::Tanh", "Act::Relu"].map(Value::from));
    // What the body saw is what the result decodes, and each axis is drawn on its own.
    let best = ho.best().unwrap();
    assert_eq!(
        best.value,
        best.params.w.iter().sum::<f64>()
            + best.params.before
            + f64::from(u8::from(best.params.act[0] == best.params.act[1]))
    );
    assert!(ho.trials().any(|(_, p)| p.act[0] != p.act[1]) && ho.trials().all(|(_, p)| p.w[0] != p.w[7]));
    let table = ho.to_string();
    assert!(table.contains("w[0]"), "{table}");
}

#[test]
fn a_count_known_at_run_time_makes_a_list() {
    let layers = LAYERS + 1;
    let ho = hyperopt!(
        seed = 7,
        units = each(layers, 1..=64),
        depth = each(std::env::args().count().min(1), [1_u8, 2]),
        for _ in 0..5 {
            units.iter().sum::<i32>() + i32::from(depth[0])
        }
    );
    let units: &Vec<i32> = &ho.best().unwrap().params.units;
    assert_eq!((units.len(), ho.best().unwrap().params.depth.len()), (4, 1));
    assert_eq!(names(ho.sweep()), ["units[0]", "units[1]", "units[2]", "units[3]", "depth[0]"]);
}

#[test]
fn a_count_of_0_is_an_error() {
    let none = LAYERS - 3;
    let ho = hyperopt!(
        w = each(none, 0.0..=1.0),
        for _ in 0..5 {
            w.iter().sum::<f64>()
        }
    );
    assert_eq!(ho.error().unwrap().to_string(), "hyperparameter `w`: a count of 0 makes no values; write 1 or more");
    let ho = hyperopt!(
        w = each(usize::MAX - none, 0.0..=1.0),
        for _ in 0..5 {
            w.iter().sum::<f64>()
        }
    );
    assert!(ho.error().unwrap().to_string().contains("write at most 65536"));
    let ho = hyperopt!(
        w = each(3, 1.0..=0.0),
        for _ in 0..5 {
            w[0]
        }
    );
    assert_eq!(ho.error().unwrap().to_string(), "hyperparameter `w`: `1.0..=0.0` runs backwards; write `0.0..=1.0`");
    let space = Parameters::new().with_each("w", 0, 0.0..=1.0);
    let ho = Search::new(space).run(0..3, |_, p| p["w[0]"]);
    assert!(ho.error().unwrap().to_string().starts_with("hyperparameter `w`: a count of 0"));
}

#[test]
fn all_faces_run_the_same_trials() {
    macro_rules! swept {
        ($macro:ident) => {
            $macro!(
                seed = 7,
                sampler = TpeSampler::new().batch(2),
                n = 1..=3_i32,
                w = if n > 1 { each(LAYERS, 0.0..=1.0) } else { each(LAYERS, [0.5, 0.25]) },
                a = each(2, ["x", "y"]),
                for _ in 0..40 {
                    w.iter().sum::<f64>() + f64::from(n) + f64::from(u8::from(a == ["x", "y"]))
                }
            )
            .into_sweep()
        };
    }
    let expected = told(&swept!(hyperopt));
    assert_eq!(expected.len(), 40);
    assert!(expected.iter().any(|values| values.iter().any(|(name, _)| name == "w.else[2]")));
    assert!(expected.iter().all(|values| values.len() == 1 + 3 + 2), "one side of the choice is active: {expected:?}");
    assert_eq!(told(&swept!(thyperopt)), expected);
    assert_eq!(told(&swept!(phyperopt)), expected);
    macro_rules! space {
        ($macro:ident, $($setting:tt)*) => {
            hyperopt::$macro!(
                $($setting)*
                n = 1..=3_i32,
                w = if n > 1 { each(LAYERS, 0.0..=1.0) } else { each(LAYERS, [0.5, 0.25]) },
                a = each(2, ["x", "y"]),
            )
        };
    }
    let search = Search::new(space!(space,)).seed(7).sampler(TpeSampler::new().batch(2));
    let searched =
        search.run(0..40, |_, p| p.w.iter().sum::<f64>() + f64::from(p.n) + f64::from(u8::from(p.a == ["x", "y"])));
    let best: [f64; 3] = searched.best().unwrap().params.w;
    assert!(best.iter().all(|w| (0.0..=1.0).contains(w)));
    assert_eq!(told(&searched.into_sweep()), expected);
    let mut open = space!(hyperopt, seed = 7, sampler = TpeSampler::new().batch(2),);
    for _ in 0..40 {
        let (ticket, p) = open.ask().unwrap();
        let w: [f64; 3] = p.w;
        open.tell(ticket, w.iter().sum::<f64>() + f64::from(p.n) + f64::from(u8::from(p.a == ["x", "y"]))).unwrap();
    }
    assert_eq!(told(&open.finish().into_sweep()), expected);
}

#[test]
fn a_guard_reads_the_values() {
    let ho = hyperopt!(
        seed = 7,
        on = each(2, [true, false]),
        extra = if on[0] && on[1] {
            each(2, 0.0..=1.0)
        },
        last = match extra {
            Some([first, _]) if first > 0.5 => 1..=9,
            _ => None,
        },
        for _ in 0..60 {
            assert_eq!(extra.is_some(), on == [true, true]);
            assert_eq!(last.is_some(), extra.is_some_and(|extra| extra[0] > 0.5));
            extra.map_or(9.0, |extra| extra[0] + f64::from(last.unwrap_or(0)))
        }
    );
    assert_eq!(ho.end(), StopReason::Planned, "{:?}", ho.error());
    let axes = ho.space().axes();
    assert_eq!((axes[2].parents(), axes[3].parents(), axes[4].parents()), (&[0, 1][..], &[0, 1][..], &[2, 3][..]));
    assert!(ho.trials().all(|(_, p)| p.extra.is_some() == (p.on == [true, true])));
    assert!(ho.trials().any(|(_, p)| p.last.is_some()));
}

#[test]
fn a_struct_takes_the_array() {
    #[derive(Clone, Debug)]
    struct Settings {
        w: [f32; 2],
        units: Vec<u16>,
        extra: Option<[u8; 2]>,
    }
    fn typed(ho: &Hyperoptimizer<Settings>) -> &Settings {
        ho.best().unwrap().params
    }
    let n = 3;
    let ho = hyperopt!(
        seed = 7,
        into = Settings,
        w = each(2, [0.5_f32, 0.25]),
        units = each(n, 1..=64),
        extra = if w[0] > 0.3 {
            each(2, 0..=9)
        },
        for _ in 0..20 {
            f64::from(w[0]) + f64::from(units[2]) + f64::from(extra.map_or(0, |extra| extra[1]))
        }
    );
    let best = typed(&ho);
    assert_eq!(
        f64::from(best.w[0]) + f64::from(best.units[2]) + f64::from(best.extra.map_or(0, |e| e[1])),
        ho.best().unwrap().value
    );
    let typed = hyperopt!(seed = 7, w: [u8; 2] = each(2, 1..=9), for _ in 0..3 { f64::from(w[0]) });
    let _: [u8; 2] = typed.best().unwrap().params.w;
}

#[test]
fn points_to_try_first_are_arrays() {
    let layers = 2;
    let ho = hyperopt!(
        seed = 7,
        try_first = [
            (w = [0.1, 0.2, 0.3], act = [f64::tanh as fn(f64) -> f64; 2], n = vec![1, 2]),
            (w = [1.0; 3], kind = ["a", "b"]),
        ],
        w = each(LAYERS, 0.0..=1.0),
        act = each(2, [f64::tanh as fn(f64) -> f64, f64::sin as fn(f64) -> f64]),
        n = each(layers, 1..=9),
        kind = each(2, ["a", "b"]),
        for _ in 0..3 {
            act[0](w[0]) + f64::from(n[0]) + kind[0].len() as f64
        }
    );
    assert_eq!(ho.end(), StopReason::Planned, "{:?}", ho.error());
    let tried: Vec<_> = ho.trials().map(|(_, p)| p).collect();
    assert_eq!(
        (tried[0].w, tried[1].w, tried[1].kind, &tried[0].n),
        ([0.1, 0.2, 0.3], [1.0; 3], ["a", "b"], &vec![1, 2])
    );
    assert_eq!([0, 1].map(|k| tried[0].act[k](0.5)), [0.5_f64.tanh(); 2]);
    let wrong = hyperopt!(
        try_first = [(w = [0.1, 7.0])],
        w = each(2, 0.0..=1.0),
        for _ in 0..3 {
            w[0]
        }
    );
    let message = "try_first: `w[1] = 7.0` is not among the candidates 0..=1";
    assert_eq!(wrong.error().unwrap().to_string(), message);
    let short = hyperopt!(
        try_first = [(w = vec![0.1])],
        w = each(layers, 0.0..=1.0),
        for _ in 0..3 {
            w[0]
        }
    );
    let message = "try_first: `w = vec![0.1]` has 1 value, and `w` 2; write one for each";
    assert_eq!(short.error().unwrap().to_string(), message);
    // By the names of the axes, too.
    let named = InitialPoints::named([[("w[1]", 0.25)]]);
    let ho = hyperopt!(
        seed = 7,
        try_first = named,
        w = each(2, 0.0..=1.0),
        for _ in 0..3 {
            w[0]
        }
    );
    assert_eq!(ho.trials().next().unwrap().1.w[1], 0.25);
}

#[test]
fn a_study_a_sweep_and_a_transfer_know_the_axes() {
    let swept = |study, trials: usize| {
        hyperopt!(
            study = study,
            seed = 7,
            sampler = TpeSampler::new(),
            w = each(LAYERS, 0.0..=1.0),
            kind = each(2, ["a", "b"]),
            for _ in 0..trials {
                w.iter().sum::<f64>() + f64::from(u8::from(kind == ["a", "b"]))
            }
        )
    };
    let whole = told(&swept(Memory::default().handle(), 30).into_sweep());
    let memory = Memory::default();
    let begun = swept(memory.handle(), 11);
    assert_eq!(begun.len(), 11);
    let resumed = swept(memory.handle(), 30);
    assert_eq!(resumed.trials().count(), 30);
    assert_eq!(told(&resumed.into_sweep()), whole);
    // Another number of values is another space.
    let other = hyperopt!(
        study = memory.handle(),
        w = each(2, 0.0..=1.0),
        kind = each(2, ["a", "b"]),
        for _ in 0..40 {
            w[0] + kind.len() as f64
        }
    );
    assert!(other.error().unwrap().to_string().contains("`w` was an array of 3"), "{:?}", other.error());
    let earlier = hyperopt!(
        seed = 7,
        w = each(2, 0.0..=1.0),
        for _ in 0..20 {
            w[0] + w[1]
        }
    );
    let best = earlier.best().unwrap().params.w;
    let tried = hyperopt!(
        seed = 8,
        try_first = earlier.best_points(1),
        w = each(3, 0.0..=1.0),
        for _ in 0..2 {
            w[0]
        }
    );
    let first = tried.trials().next().unwrap().1.w;
    assert_eq!([first[0], first[1]], best);
    let guided = hyperopt!(
        seed = 8,
        sampler = TpeSampler::new(),
        transfer = &earlier,
        w = each(2, 0.0..=1.0),
        for _ in 0..4 {
            w[0]
        }
    );
    assert_eq!(guided.end(), StopReason::Planned);
    let more = hyperopt!(
        ho = earlier,
        w = each(2, 0.0..=1.0),
        for _ in 0..10 {
            w[0] + w[1]
        }
    );
    assert_eq!(more.trials().count(), 30);
}

#[test]
fn all_samplers_search_the_axes() {
    fn found(sampler: impl Sampler + 'static, trials: u64) -> f64 {
        let ho = hyperopt!(
            seed = 7,
            sampler = sampler,
            w = each(3, 0.0..=1.0),
            kind = each(2, ["a", "b"]),
            for _ in 0..trials {
                w.iter().map(|w| (w - 0.3).powi(2)).sum::<f64>()
                    + kind.iter().filter(|kind| **kind == "b").count() as f64
            }
        );
        assert_eq!(ho.end(), StopReason::Planned, "{:?}", ho.error());
        ho.best().unwrap().value
    }
    assert!(found(TpeSampler::new(), 60) < 0.1);
    assert!(found(GpSampler::new(), 30) < 0.1);
    assert!(found(CmaEsSampler::new(), 80) < 0.1);
    assert!(found(AutoSampler::new(), 30) < 0.2);
    let bred = hyperopt!(
        seed = 7,
        sampler = Bohb::new(),
        w = each(3, 0.0..=1.0),
        for (resources, _) in 1..=9 {
            (w.iter().sum::<f64>() + 1.0 / f64::from(resources), ())
        }
    );
    assert_eq!(bred.end(), StopReason::Planned);
    let grid = hyperopt!(
        sampler = GridSampler::new(),
        w = each(3, [1, 2]),
        b = [true, false],
        for _ in .. {
            if b { w[0] } else { 0 }
        }
    );
    assert_eq!(grid.len(), 16);
    let mut seen: Vec<_> = grid.trials().map(|(_, p)| (p.w, p.b)).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 16);
}

#[test]
fn parameters_known_at_run_time_have_names_with_indices() {
    let space = Parameters::new().with_each("w", 2, 0.0..=1.0).with("x", 0.0..=1.0);
    let ho = Search::new(space).seed(7).run(0..9, |_, p| p["w[1]"] + p["x"]);
    assert_eq!(names(ho.sweep()), ["w[0]", "w[1]", "x"]);
    let space = Parameters::new().with_each_value("act", 2, ["tanh", "relu"]).with_value("n", 1..=9);
    let ho = Search::new(space).seed(7).run(0..9, |_, p| p["n"].as_f64());
    assert_eq!(names(ho.sweep()), ["act[0]", "act[1]", "n"]);
}

/// The axes of an array in one branch stand between those of another.
#[test]
fn an_array_in_several_branches_has_one_column_for_each_value() {
    let ho = hyperopt!(
        seed = 7,
        kernel = ["linear", "rbf", "poly"],
        v = match kernel {
            "linear" => each(2, 0.0..=1.0),
            "rbf" => each(2, 5.0..=6.0),
            _ => each(2, 10.0..=11.0),
        },
        for _ in 0..12 {
            v[0] + v[1]
        }
    );
    let sweep = ho.sweep();
    assert!(sweep.space().parameters().eq(["kernel", "v[0]", "v[1]"]));
    let columns: Vec<_> = sweep.columns().iter().map(|column| column.name().to_owned()).collect();
    assert_eq!(columns, ["trial", "state", "objective", "kernel", "v[0]", "v[1]", "seconds", "reason"]);
    assert!(!sweep.to_string().contains("params."), "{sweep}");
}

#[test]
fn another_count_names_the_array() {
    let memory = Memory::default();
    macro_rules! swept {
        ($setting:ident = $value:expr, $w:expr) => {
            hyperopt!(
                $setting = $value,
                w = $w,
                x = 0.0..=1.0,
                for _ in 0..3 {
                    let _ = &w;
                    x
                }
            )
            .into_sweep()
        };
    }
    let said = |sweep: Sweep| sweep.error().unwrap().to_string();
    assert_eq!(swept!(study = memory.handle(), each(3, 0.0..=1.0)).len(), 3);
    assert_eq!(
        said(swept!(study = memory.handle(), each(4, 0.0..=1.0))),
        "study `memory`: hyperparameter `w` was an array of 3, and now is an array of 4; keep the count, or begin a new sweep"
    );
    let earlier = swept!(seed = 7, each(3, 0.0..=1.0));
    let begins = "cannot go on from the earlier sweep: hyperparameter `w` was an array of 3, and now is ";
    let few = 2;
    assert!(said(swept!(ho = &earlier, each(few, 0.0..=1.0))).starts_with(&format!("{begins}an array of 2; ")));
    assert!(said(swept!(ho = &earlier, 0.0..=1.0)).starts_with(&format!("{begins}a single value; ")));
    let single = swept!(seed = 7, 0.0..=1.0);
    assert!(
        said(swept!(ho = &single, each(1, 0.0..=1.0))).contains("`w` was a single value, and now is an array of 1; ")
    );
    let without = hyperopt!(
        seed = 7,
        x = 0.0..=1.0,
        for _ in 0..3 {
            x
        }
    );
    assert!(
        said(swept!(ho = &without, each(3, 0.0..=1.0)))
            .ends_with("hyperparameter `w` is new; leave it out, or begin a new sweep")
    );
    let gone = hyperopt!(
        ho = &earlier,
        x = 0.0..=1.0,
        for _ in 0..3 {
            x
        }
    );
    assert!(said(gone.into_sweep()).ends_with("hyperparameter `w` is missing; keep it, with its candidates"));
}

#[test]
fn a_count_of_any_type_may_be_spent() {
    let spent = |sweep: &Sweep| sweep.end() == StopReason::Spent;
    let (all, few) = (40_usize, 40_u64);
    let first = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        spend = all,
        x = 0.0..=1.0,
        for (budget, _) in 1..=9 {
            x / f64::from(budget)
        }
    );
    let second = hyperopt!(
        sampler = Hyperband::new(3.0),
        seed = 7,
        spend = few,
        x = 0.0..=1.0,
        for (budget, _) in 1..=9 {
            x / f64::from(budget)
        }
    );
    assert!(spent(first.sweep()) && spent(second.sweep()));
    assert_eq!(first.sweep().len(), second.sweep().len());
}
