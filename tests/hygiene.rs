//! The expansion names nothing of the user's, is not led astray by what the user names, and gives no lint a reason.

#![deny(
    warnings,
    missing_docs,
    unreachable_pub,
    unused_qualifications,
    elided_lifetimes_in_paths,
    rust_2018_idioms,
    unused_results,
    let_underscore_drop,
    single_use_lifetimes,
    unused_lifetimes,
    variant_size_differences,
    trivial_casts,
    trivial_numeric_casts,
    missing_debug_implementations,
    missing_copy_implementations
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
// The tests' own.
#![allow(clippy::float_cmp, clippy::similar_names)]
#![forbid(unsafe_code)]

/// Crates and modules that are called like those the expansion needs.
mod shadowed_modules {
    mod std {}
    mod core {}
    mod alloc {}
    mod hyperopt {}
    mod hyperopt_core {}
    mod hyperopt_macros {}
    mod __private {}

    #[test]
    fn sweep() {
        let ho = ::hyperopt::hyperopt!(
            sampler = ::hyperopt::GridSampler::new(),
            try_first = [(a = 2.0, b = 3.0)],
            a = [1.0, 2.0],
            b = if a > 1.5 {
                [3.0]
            },
            for _ in .. {
                a + b.unwrap_or(0.0)
            }
        );
        assert_eq!(ho.len(), 2);
        let mut ho = ::hyperopt::hyperopt!(
            a = [1.0, 2.0],
            b = if a > 1.5 {
                [3.0]
            }
        );
        assert!(ho.ask().is_ok());
        let space = ::hyperopt::space!(
            a = [1.0, 2.0],
            b = if a > 1.5 {
                [3.0]
            },
            c = if a > 1.5 { ::hyperopt::hp::uniform("c", 0, 1) } else { ::hyperopt::hp::uniform("c", 1, 2) }
        );
        let ho = ::hyperopt::Search::new(space).run(0..9, |_, p| p.a + p.b.unwrap_or(0.0) + p.c);
        assert_eq!(ho.len(), 9);
    }
}

/// Names of the prelude that mean something else.
mod shadowed_names {
    #![allow(dead_code, non_upper_case_globals)]

    trait Clone {}
    trait Copy {}
    trait Debug {}
    trait PartialEq {}
    trait Default {}
    trait From {}
    trait Into {}
    trait Iterator {}
    trait IntoIterator {}
    struct Vec;
    struct Box;
    struct Result;
    enum Option {
        None,
        Some,
    }
    use Option::{None, Some};
    const Ok: () = ();
    const Err: () = ();
    const fn drop() {}
    #[allow(unused_macros)]
    macro_rules! vec {
        () => {};
    }

    #[test]
    fn sweep() {
        let ho = hyperopt::hyperopt!(
            sampler = hyperopt::GridSampler::new(),
            a = [1.0, 2.0],
            b = if a > 1.5 { [3.0] } else { [4.0] },
            c = if a > 1.5 {
                ["x"]
            },
            for _ in .. {
                let _both = (&Some, &None, c.is_some());
                a + b
            }
        );
        assert_eq!(ho.len(), 2);
        let mut ho = hyperopt::hyperopt!(
            a = [1.0, 2.0],
            c = if a > 1.5 {
                ["x"]
            }
        );
        assert!(ho.ask().is_ok());
    }
}

/// Traits of the user's that give every type methods with the names of those that the expansion calls, by value and by
/// reference.
mod blanket_traits {
    #![allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]

    use hyperopt::prelude::*;

    macro_rules! blanket {
        ($($by_value:ident)*; $($by_reference:ident)*) => {
            trait ByValue: Sized {
                $(fn $by_value(self) {})*
            }
            impl<T> ByValue for T {}

            trait ByReference {
                $(fn $by_reference(&self) {})*
            }
            impl<T: ?Sized> ByReference for T {}
        };
    }

    // Methods that the bodies below call themselves are left out.
    blanket! {
        ask tell take value recorded finish is_active to_vec concat axis push len list propose decode given located shown
        same kind label clone_into into_iter next new items dimension scheduler goals earlier points;
        map axes suggest pair part probe settings engine outcome component with_labels
    }

    #[test]
    fn sequential() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            try_first = [(a = 2, b = 3)],
            a = [1, 2],
            b = if a > 1 { [3] } else { [4] },
            c = if a > 1 {
                ["x", "y"]
            },
            d = match b {
                3 => categorical(["p"]),
                _ => categorical(["q"]),
            },
            for _ in .. {
                a + b + i32::from(c == Some("x")) + i32::from(d == "p")
            }
        );
        assert!(Hyperoptimizer::len(&ho) >= 3);
        assert_eq!(ho.best().unwrap().params.b, 4);
    }

    #[test]
    fn parallel() {
        let ho = phyperopt!(
            workers(2),
            a = [1, 2],
            b = if a > 1 { [3] } else { [4] },
            for _ in 0..4 {
                if a == 7 {
                    continue;
                }
                a + b
            }
        );
        assert_eq!(ho.minimum().unwrap(), 5.0);
    }

    #[test]
    fn budgets() {
        let ho = thyperopt!(
            sampler = Hyperband::new(3.0),
            a = [1, 2],
            b = if a > 1 {
                [3]
            },
            for (_, state) in 1..=3 {
                (a + b.unwrap_or(4) + state.unwrap_or(0), 0)
            }
        );
        assert_eq!(ho.minimum().unwrap(), 5.0);
    }

    #[test]
    fn open_and_space() {
        let mut ho = hyperopt!(
            a = [1, 2],
            b = if a > 1 {
                [3]
            }
        );
        let (ticket, p) = Hyperoptimizer::ask(&mut ho).unwrap();
        Hyperoptimizer::tell(&mut ho, ticket, p.a).unwrap();
        let space = space!(
            a = [1, 2],
            b = if a > 1 { hp::uniform("b", 0, 1) } else { hp::uniform("b", 1, 2) },
            c = hp::choice("c", ["x", "y"])
        );
        let ho = Search::new(space).run(0..9, |_, p| p.b);
        assert_eq!(Hyperoptimizer::len(&ho), 9);
    }
}

/// Variables, types and labels that are called like those of the expansion.
mod our_names {
    use hyperopt::prelude::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Hyperparameters {
        One,
        Two,
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    struct T0(u8);

    #[test]
    fn variables() {
        let (driver, item, value, point, suggest, dimension0, set_seed, set_sampler) = (1, 2, 3, 4, 5, 6, 7, 8);
        let sum = driver + item + value + point + suggest + dimension0 + set_seed + set_sampler;
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            seed = set_seed,
            a = [driver, item],
            b = if dimension0 > a { [value, dimension0] } else { [point] },
            for _ in .. {
                a + b + driver + item + value + point + suggest + dimension0 + set_seed + set_sampler - sum
            }
        );
        assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [4.0, 7.0, 5.0, 8.0]);
    }

    #[test]
    fn hyperparameters() {
        let ho = hyperopt!(
            driver = [1],
            item = [2],
            value = [3],
            point = [4],
            dimension0 = if driver > 0 {
                [5]
            },
            set_seed = [6],
            repeat = [7],
            drive = [8],
            for _ in 0..3 {
                driver + item + value + point + dimension0.unwrap_or(0) + set_seed + repeat + drive
            }
        );
        assert_eq!(ho.minimum().unwrap(), 36.0);
        let mut ho = hyperopt!(
            suggest = [1],
            point = [2],
            dimensions = [3],
            dimension1 = if suggest > 0 {
                [4]
            }
        );
        let (ticket, p) = ho.ask().unwrap();
        ho.tell(ticket, p.suggest + p.point + p.dimensions + p.dimension1.unwrap()).unwrap();
        assert_eq!(ho.minimum().unwrap(), 10.0);
    }

    #[test]
    fn types() {
        let ho = hyperopt!(
            a = [Hyperparameters::One, Hyperparameters::Two],
            b = [T0(1), T0(2)],
            c = if a == Hyperparameters::One {
                [T0(3)]
            },
            for _ in 0..9 {
                f64::from(b.0) + f64::from(c.map_or(0, |c| c.0))
            }
        );
        assert_eq!(ho.len(), 9);
        let mut ho = hyperopt!(
            a = [Hyperparameters::One, Hyperparameters::Two],
            c = if a == Hyperparameters::One && T0(0) == T0(0) {
                [T0(3)]
            },
        );
        let (ticket, p) = ho.ask().unwrap();
        assert_eq!(p.c.is_some(), p.a == Hyperparameters::One);
        ho.tell(ticket, 1).unwrap();
    }

    #[test]
    fn settings_written_raw_are_hyperparameters() {
        let ho = hyperopt!(
            seed = 3,
            r#seed = [1, 2],
            r#type = [10],
            r#study = [100],
            for _ in 0..9 {
                r#seed + r#type + r#study
            }
        );
        assert_eq!(ho.seed(), 3);
        assert_eq!(ho.space().axes().iter().map(hyperopt::Axis::name).collect::<Vec<_>>(), ["seed", "type", "study"]);
        assert!([111.0, 112.0].contains(&ho.minimum().unwrap()));
        assert_eq!(ho.best().unwrap().params.r#type, 10);
    }

    #[test]
    fn a_variable_of_the_same_name_gives_the_candidates() {
        let (a, b) = ([1.0, 2.0], vec![3.0]);
        let ho = hyperopt!(
            a = a,
            b = &b,
            for _ in 0..4 {
                a + b
            }
        );
        assert!(ho.minimum().unwrap() >= 4.0);
        assert_eq!(b.len() + a.len(), 3);
    }

    #[test]
    fn names_of_other_scripts() {
        let ho = hyperopt!(
            η = [1.0, 2.0],
            größe = if η > 1.5 {
                [3.0]
            },
            for _ in 0..4 {
                η + größe.unwrap_or(0.0)
            }
        );
        assert_eq!(ho.space().axes()[1].name(), "größe");
    }
}

/// The macro within a macro.
mod in_a_macro {
    use hyperopt::prelude::*;

    macro_rules! sweep {
        ($name:ident in $candidates:expr; $count:expr; $body:block) => {
            hyperopt!($name = $candidates, offset = [100.0], for _ in 0..$count { offset + $body })
        };
        (whole $name:ident in $candidates:expr; $head:expr; $body:block) => {
            hyperopt!($name = $candidates, for _ in $head $body)
        };
        (if $condition:expr; $name:ident $other:ident; $($rest:tt)*) => {
            hyperopt!($name = [1.0, 2.0], $other = if $condition { [10.0] } else { [20.0] }, $($rest)*)
        };
    }

    #[test]
    fn arguments_of_all_kinds() {
        let offset = 1.0;
        let ho = sweep!(a in [1.0, 2.0]; 4; { a + offset });
        assert!(ho.minimum().unwrap() >= 102.0);
        let ho = sweep!(whole a in linrange(1.0, 2.0, 10); 0..3; { a });
        assert_eq!(ho.len(), 3);
        let ho = sweep!(if a > 1.5; a b; for _ in 0..9 { a + b });
        assert!(ho.results().flatten().all(|sum| sum == 12.0 || sum == 21.0));
    }

    #[test]
    fn any_delimiters() {
        let ho = hyperopt! { a = [1.0], for _ in 0..2 { a } };
        assert_eq!(ho.len(), 2);
        let ho = hyperopt![
            a = [1.0],
            for _ in 0..2 {
                a
            },
        ];
        assert_eq!(ho.len(), 2);
        let mut ho = hyperopt!(a = [1.0],);
        assert!(ho.ask().is_ok());
    }

    #[test]
    fn comments() {
        let ho = hyperopt!(
            // Before.
            a = [1.0], // Behind.
            /* Between. */
            for _ in 0..2 {
                // Within.
                a
            } // After.
        );
        assert_eq!(ho.len(), 2);
    }
}

/// As large as they come.
#[test]
fn sixty_four_hyperparameters() {
    macro_rules! sweep {
        ($($name:ident)*) => { hyperopt::hyperopt!($($name = 0..=1,)* for _ in 0..3 { 0 $(+ $name)* }) };
    }
    let ho = sweep!(
        a0 a1 a2 a3 a4 a5 a6 a7 a8 a9 b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 d0 d1
        d2 d3 d4 d5 d6 d7 d8 d9 e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 g0 g1 g2 g3
    );
    assert_eq!(ho.space().len(), 64);
    assert!(format!("{:?}", ho.best().unwrap()).contains("g3"));
}
