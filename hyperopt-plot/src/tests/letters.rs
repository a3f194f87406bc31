//! Tests of letters that the embedded font lacks.

use super::scenes;
use crate::{
    figure::{Chart, Figure},
    model::AxisKind,
};

/// Returns the rows of a PNG in which something is drawn, of a figure 300 high with these labels.
fn png(name: &str, labels: [&str; 2]) -> Vec<u8> {
    let mut scene = scenes::three(20);
    scene.axes[0].name = name.to_owned();
    scene.axes[1].kind = AxisKind::Categories(labels.map(str::to_owned).to_vec());
    let png = Figure::of(Chart::Scatter, scene).size(900, 300).density(1).to_png().unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels
}

#[test]
fn a_png_has_escapes_for_them_and_says_so_at_the_foot() {
    let plain = png("a \\u{6a21}", ["\\u{1f680}", "\\u{928}\\u{935}"]);
    let odd = png("a 模", ["🚀", "नव"]);
    let foot = 900 * 3 * 280;
    assert!(odd[..foot] == plain[..foot], "drawn as the same letters");
    let is_ink = |pixels: &[u8]| pixels[foot..].iter().any(|channel| *channel < 200);
    assert!(is_ink(&odd) && !is_ink(&plain));
}

#[test]
fn an_svg_has_the_letters_themselves() {
    let (name, figure) = super::gallery::gallery().into_iter().find(|(name, _)| name == "odd").unwrap();
    let svg = figure.to_svg().unwrap();
    assert!(super::texts(&svg).contains(&"中文") && !svg.contains("\\u{"), "{name}");
}

#[test]
fn letters_without_a_shape_are_replaced() {
    let plain = png("a \u{fffd}b", ["x\u{fffd}y", "\u{fffd}"]);
    for (name, labels) in [
        ("a \u{202e}b", ["x\u{200d}y", "\u{200b}"]),
        ("a \u{2066}b", ["x\u{feff}y", "\u{2060}"]),
        ("a \u{200f}b", ["x\u{ad}y", "\u{2028}"]),
    ] {
        assert!(png(name, labels) == plain, "{name:?} {labels:?}");
    }
    let fonts = crate::text::Fonts::load(true).unwrap();
    let style = crate::text::TextStyle::regular(11.0, crate::theme::INK);
    assert!(!fonts.escapes("\u{fffd}", style) && fonts.width("\u{fffd}", style) > 5.0, "the font has that mark");
}
