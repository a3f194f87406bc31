//! Every public type can be sent to threads and shared between them, or the list here says why not.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hyperopt_core::{CurrentPool, LinRange, NeverPrune, Parameters, TpeSampler};
use syn::{Item, UseTree, Visibility};

/// A closure's type, as far as a list can name one.
type Function = fn(f64) -> f64;
type Space = Parameters<f64>;
type Range = std::ops::Range<u32>;

#[expect(clippy::extra_unused_type_parameters, reason = "the compiler checks its bounds")]
fn both<T: Send + Sync>(name: &'static str) -> &'static str {
    name
}

/// A type that can be sent, of which one thread at a time can make use.
#[expect(clippy::extra_unused_type_parameters, reason = "the compiler checks its bounds")]
fn only_send<T: Send>(name: &'static str) -> &'static str {
    name
}

#[expect(clippy::extra_unused_type_parameters, reason = "the compiler checks its bounds")]
fn neither<T>(name: &'static str) -> &'static str {
    name
}

/// The names of types of one crate, each of which is checked by the compiler.
macro_rules! names {
    ($check:ident of $root:ident: $($(::$module:ident)? $name:ident $(<$($argument:tt),+>)?),+ $(,)?) => {{
        BTreeSet::from([$($check::<$root$(::$module)?::$name$(<$($argument),+>)?>(stringify!($name))),+])
    }};
}

/// Returns the names that a crate's root and its public modules export.
fn exported(folder: &str) -> BTreeSet<String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("src");
    let mut names = BTreeSet::new();
    let mut files = vec![source.join("lib.rs")];
    while let Some(path) = files.pop() {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for item in syn::parse_file(&text).unwrap().items {
            match item {
                Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => leaves(&item.tree, &mut names),
                Item::Struct(item) if matches!(item.vis, Visibility::Public(_)) => {
                    names.extend([item.ident.to_string()]);
                }
                Item::Enum(item) if matches!(item.vis, Visibility::Public(_)) => names.extend([item.ident.to_string()]),
                Item::Mod(item) if matches!(item.vis, Visibility::Public(_)) && item.content.is_none() => {
                    let name = item.ident.to_string();
                    let beside = [path.with_file_name(format!("{name}.rs")), path.with_file_name(name).join("mod.rs")];
                    files.extend(beside.into_iter().filter(|path| path.exists()));
                }
                _ => {}
            }
        }
    }
    let mut types = BTreeSet::new();
    defined(&source, &mut types);
    names.intersection(&types).cloned().collect()
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => names.extend([name.ident.to_string()]),
        UseTree::Rename(name) => names.extend([name.rename.to_string()]),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Glob(_) => {}
    }
}

/// The structs and enums that are defined below `path`, at any depth.
fn defined(path: &Path, types: &mut BTreeSet<String>) {
    for entry in fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            defined(&entry, types);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&entry).unwrap();
            let declared = text.lines().filter_map(|line| {
                let line = line.trim_start();
                line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
            });
            types.extend(
                declared.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap().into()),
            );
        }
    }
}

/// Checks that the list is complete and has nothing that is gone.
fn compare(folder: &str, listed: &BTreeSet<&str>) {
    let exported = exported(folder);
    let exported: BTreeSet<&str> = exported.iter().map(String::as_str).collect();
    let missing: Vec<_> = exported.difference(listed).collect();
    assert!(missing.is_empty(), "{folder}: write these types into the list: {missing:?}");
    let gone: Vec<_> = listed.difference(&exported).collect();
    assert!(gone.is_empty(), "{folder}: these are no public types any more: {gone:?}");
}

#[test]
fn types_of_the_core() {
    use hyperopt_core as core;

    let listed = names!(both of core:
        Advice, AnnealSampler, Asha<TpeSampler>, AutoScheduler, Axes, Axis, Best<'static, f64>, BestByName, Bohb,
        BohbSampler, Boundary, BracketPlace, Budgets, CandidatesError, CheckpointFn<Function, Function>, ClhSampler, Column<'static>,
        ColumnKind,
        Compared<'static>, Confidence, Coordinate, Criterion, CurrentPool, Dehb, Dimension<f64>, Draw, Error, ExpLinRange, Fanova,
        Floats, Goal, GridSampler, History, Hyperband<TpeSampler>, Hyperoptimizer<f64>, Importance, Importances, InitialPoints, Ints,
        Kind, Levels<f64>, LhsSampler, LinRange, Map<Space, Function>, MapFn<Function>, MedianPruner, Metrics, MixSampler,
        NamedValues, NeverPrune, Nondominated<'static, f64>, Nsga2Sampler, OnError, OnInterrupt, Outcome, OverBudgets,
        Parameters<f64>, Pasha<TpeSampler>, PatientPruner<NeverPrune>, PedAnova, PercentilePruner, Point, Prior, PriorBand,
        PriorBandSampler, PriorCandidates<f64>, Progress, ProgressWriter, Pruned<TpeSampler, NeverPrune>, Pruning, QmcSampler,
        RandomSampler, Remedy, RunningTrial, Scale, Scaled<LinRange>, Setup<'static>, Side, Space, SpaceError,
        SpaceMismatch, State, Step, StopReason, SuccessiveHalvingPruner, Suggest<'static>, Sweep, ThresholdPruner, Ticket,
        TpeSampler, Trial, TrialItems<Range, ()>, Trials, Value, View<'static>,
        WilcoxonPruner, Workers, Workload,
        ::fmin Argmin, ::fmin CallingThread, ::fmin FminTrials<f64>, ::fmin Minimum<f64>, ::fmin On<CurrentPool>,
        ::fmin Tpe, ::hp Branches<f64>, ::hp Constant<f64>, ::hp Expression<f64>,
        ::study Changes, ::study Commit<'static>, ::study Database, ::study Opened, ::study Opening, ::study Place, ::study Record,
        ::study Stretch, ::study TellResult, ::study Unlocked,
    );
    // The connection to a study, and watchers of the program's own.
    let listed = &listed | &names!(only_send of core: AskTell<Space>, Search<f64>, ::fmin Fmin<Function, Space>);
    // It shares the sweep with the other turns of its iterator, on one thread.
    let listed = &listed | &names!(neither of core: TrialHandle<'static, Space>);
    #[cfg(feature = "models")]
    let listed: BTreeSet<_> = &listed | &names!(both of core: AutoSampler, CmaEsSampler, GpSampler);
    #[cfg(not(feature = "models"))]
    let listed: BTreeSet<_> = &listed | &BTreeSet::from(["AutoSampler", "CmaEsSampler", "GpSampler"]);
    compare("hyperopt-core", &listed);
}

#[test]
fn types_of_the_figures() {
    use hyperopt_plot as plot;

    compare("hyperopt-plot", &names!(both of plot: Error, Figure, Report<'static>));
}

#[test]
fn types_of_the_studies() {
    use hyperopt_store as store;

    let listed = names!(both of store: Deleted, Snapshot, Study, StudyError, Summary);
    #[cfg(feature = "mlflow")]
    let listed: BTreeSet<_> = &listed | &names!(both of store: Mlflow, MlflowError, MlflowRun);
    #[cfg(not(feature = "mlflow"))]
    let listed: BTreeSet<_> = &listed | &BTreeSet::from(["Mlflow", "MlflowError", "MlflowRun"]);
    compare("hyperopt-store", &listed);
}

#[test]
fn types_of_yaml() {
    use hyperopt_yaml as yaml;

    let listed = names!(both of yaml:
        Cell, Column, Config, Definition, Error, Errors, Fault, Mark, Parameter, ParameterKind, Preview, PreviewedTrial, Row,
        Statistics, StatisticsError, Table, Training<'static>, Trial<'static>, TrialResult,
    );
    compare("hyperopt-yaml", &listed);
}
