//! Figures on the backends of plotters.

use plotters::prelude::{IntoDrawingArea, SVGBackend};

use crate::{
    error::Error,
    figure::{Chart, Figure},
    tests::{gallery, marks, scenes},
};

/// Returns the document of a figure on an area of plotters.
fn on_area(figure: &Figure, size: (u32, u32)) -> Result<String, Error> {
    let mut document = String::new();
    let area = SVGBackend::with_string(&mut document, size).into_drawing_area();
    let drawn = figure.draw_on(&area);
    drop(area);
    drawn.map(|()| document)
}

#[test]
fn every_figure_is_drawn_on_an_area_with_all_its_marks() {
    for (name, figure) in gallery::gallery() {
        let document = on_area(&figure.clone().density(1), (900, 700)).unwrap();
        let expected = marks(&figure.size(900, 700));
        assert_eq!(document.matches("<circle ").count(), expected, "{name}");
    }
}

#[test]
fn the_area_is_the_size_and_a_part_of_it_will_do() {
    let figure = Figure::of(Chart::Scatter, scenes::three(20));
    assert!(matches!(on_area(&figure, (300, 300)), Err(Error::Size { width: 150, height: 150 })));
    let mut document = String::new();
    {
        let area = SVGBackend::with_string(&mut document, (1600, 800)).into_drawing_area();
        let (left, right) = area.split_horizontally(800);
        figure.clone().density(1).draw_on(&left).unwrap();
        figure.density(1).draw_on(&right).unwrap();
    }
    assert_eq!(document.matches("<circle ").count(), 2 * 60);
}
