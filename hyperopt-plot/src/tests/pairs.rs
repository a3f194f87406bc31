//! Tests of the cells of pair plots.

use super::{scenes, texts};
use crate::{
    figure::{Chart, Figure},
    model::{AxisKind, Scene},
    theme::Ramp,
};

/// Returns the fills of the cells of a pair plot: what is neither paper, nor grey, nor the colour bar.
fn cells(figure: &Figure) -> usize {
    let svg = figure.to_svg().unwrap();
    let rects = svg.split("<rect ").skip(1).filter_map(|rect| rect.split("/>").next());
    rects.filter(|rect| !rect.contains("#FFFFFF") && !rect.contains("#F2F4F7")).count() - 64
}

#[test]
fn every_pair_of_different_hyperparameters_has_its_cells() {
    // Two categorical hyperparameters and a number of two values: as many trials in each combination.
    let mut scene = scenes::three(36);
    scene.axes.rotate_left(1);
    scene.axes[1].kind = AxisKind::Linear(Some((0.0, 1.0)));
    scene.axes[1].levels = vec![0.0, 1.0];
    scene.axes[2].kind = AxisKind::Categories(["p", "q", "r"].map(str::to_owned).to_vec());
    for (number, trial) in scene.trials.iter_mut().enumerate() {
        trial.xs = [number % 2, number / 2 % 2, number / 4 % 3].map(|x| Some(x as f64)).to_vec();
    }
    let figure = Figure::of(Chart::PairPlot, scene.clone());
    assert_eq!(cells(&figure), 2 * (2 * 2 + 2 * 3 + 2 * 3));
    let svg = figure.to_svg().unwrap();
    assert_eq!(svg.matches("#F2F4F7").count(), 6, "a ground for each ordered pair");
    for name in ["b", "c", "a", "true", "q", "mean objective", "2 failed trials left out"] {
        assert!(texts(&svg).contains(&name), "{name} is not in {:?}", texts(&svg));
    }
    assert!(!texts(&svg).contains(&"cells without a trial are grey"));
    // Where the first two are never both active, their cells go, and the figure says so.
    for trial in &mut scene.trials {
        let gone = usize::from(trial.xs[0] == Some(0.0));
        trial.xs[gone] = None;
    }
    let figure = Figure::of(Chart::PairPlot, scene);
    assert_eq!(cells(&figure), 2 * (3 + 6));
    let svg = figure.to_svg().unwrap();
    assert_eq!(texts(&svg).iter().filter(|text| **text == "never active together").count(), 2);
    assert_eq!(texts(&svg).iter().filter(|text| **text == "in 18 of 36").count(), 2);
}

#[test]
fn cells_have_the_colours_of_their_means() {
    let mut scene = scenes::three(4);
    scene.axes.truncate(2);
    for (number, trial) in scene.trials.iter_mut().enumerate() {
        trial.xs = vec![Some([1.0, 1.0, 1.0, 5.0][number]), Some([0.0, 0.0, 1.0, 1.0][number])];
        trial.value = [0.0, 2.0, 0.0, 2.0][number];
    }
    let has = |scene: &Scene, share| {
        let fill = Ramp::Merit.color(share).to_string();
        let svg = Figure::of(Chart::PairPlot, scene.clone()).to_svg().unwrap();
        // All but the bar, which is 12 wide.
        svg.split("<rect ").filter(|rect| rect.contains(&fill) && !rect.contains(" width=\"12\"")).count()
    };
    // Means of 1, 0 and 2, each in both heat maps.
    let counts = [0.0, 0.5, 1.0].map(|share| has(&scene, share));
    assert_eq!(counts, [2, 2, 2]);
    scene.trials[2].value = 1.0;
    assert_eq!(has(&scene, 0.5), 0, "1, 1 and 2: nothing between the best and the worst");
}
