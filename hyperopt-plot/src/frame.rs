//! What stands round the panels: the title, the best trial, the colours, and what is not shown.

use hyperopt_core::number;

use crate::{
    canvas::{Align, Backend, Canvas, Rect},
    error::Error,
    model::Scene,
    text::TextStyle,
    theme,
};

/// Writes the title, the best trial and what the colours mean; returns where they end.
pub(crate) fn header<B: Backend>(
    title: &str,
    scene: &Scene,
    inside: Rect,
    canvas: &mut Canvas<B>,
) -> Result<f64, Error> {
    let legend = legend(scene, inside, canvas)?;
    let style = TextStyle::bold(theme::TITLE_SIZE, theme::INK);
    let baseline = inside.y + 12.0;
    canvas.text_within(title, (inside.x, baseline), style, Align::Left, legend - inside.x)?;
    let Some(best) = scene.best_trial() else {
        return Ok(baseline + 14.0);
    };
    let style = TextStyle::regular(theme::SUBTITLE_SIZE, theme::ACCENT);
    let baseline = baseline + 23.0;
    canvas.star((inside.x + 6.0, baseline - 4.5), 6.0)?;
    let text = format!("best {} at trial {}", number(best.value), best.number);
    canvas.text_within(&text, (inside.x + 18.0, baseline), style, Align::Left, inside.width - 18.0)?;
    Ok(baseline + 18.0)
}

/// Draws the colours from the first trial to the last in the right corner; returns where the title must end.
fn legend<B: Backend>(scene: &Scene, inside: Rect, canvas: &mut Canvas<B>) -> Result<f64, Error> {
    const BAR: f64 = 72.0;
    let (Some(first), Some(last)) = (scene.trials.first(), scene.trials.last()) else {
        return Ok(inside.right());
    };
    if first.number == last.number || inside.width < 360.0 {
        return Ok(inside.right());
    }
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let baseline = inside.y + 11.0;
    let end = last.number.to_string();
    let start = format!("trial {}", first.number);
    canvas.text(&end, (inside.right(), baseline), style, Align::Right)?;
    let right = inside.right() - canvas.fonts().width(&end, style) - 7.0;
    for step in 0..36 {
        let color = theme::trial_color(f64::from(step) / 35.0);
        // Each reaches to the end, under the next: side by side they would show seams.
        let width = BAR * (1.0 - f64::from(step) / 36.0);
        canvas.rect(Rect { x: right - width, y: baseline - 8.0, width, height: 8.0 }, color)?;
    }
    canvas.text(&start, (right - BAR - 7.0, baseline), style, Align::Right)?;
    Ok(right - BAR - 7.0 - canvas.fonts().width(&start, style) - 20.0)
}

/// Says at the foot what the panels do not show; returns where the panels must end.
pub(crate) fn caption<B: Backend>(
    scene: &Scene,
    beyond: usize,
    inside: Rect,
    canvas: &mut Canvas<B>,
) -> Result<f64, Error> {
    let beyond = match beyond {
        0 => None,
        1 => Some("1 trial far outside the others drawn as a ring at the edge".to_owned()),
        n => Some(format!("{n} trials far outside the others drawn as rings at the edge")),
    };
    let axes = (scene.axes.len() > theme::MOST_PANELS)
        .then(|| format!("the first {} of {} hyperparameters", theme::MOST_PANELS, scene.axes.len()));
    // Where all failed, the figure says so in its middle.
    let missing = scene.left_out.caption().filter(|_| scene.left_out.failed < scene.count());
    let parts: Vec<String> = [missing, beyond, axes].into_iter().flatten().collect();
    if parts.is_empty() {
        return Ok(inside.bottom() + 6.0);
    }
    let style = TextStyle::regular(theme::SMALL_SIZE, theme::MUTED);
    let place = (inside.x, inside.bottom() + 4.0);
    canvas.text_within(&parts.join("  ·  "), place, style, Align::Left, inside.width)?;
    Ok(inside.bottom() - 18.0)
}

/// Says why there is nothing to draw.
pub(crate) fn nothing<B: Backend>(scene: &Scene, body: Rect, canvas: &mut Canvas<B>) -> Result<(), Error> {
    let count = scene.count();
    let text = if count == 0 {
        "No trials yet".to_owned()
    } else if scene.left_out.failed == count {
        if count == 1 { "The only trial failed".to_owned() } else { format!("All {count} trials failed") }
    } else if scene.trials.is_empty() {
        "No trial has a value to draw".to_owned()
    } else {
        "No hyperparameters to draw".to_owned()
    };
    let (x, y) = (body.x + body.width / 2.0, body.y + body.height / 2.0);
    let style = TextStyle::regular(theme::TITLE_SIZE, theme::MUTED);
    canvas.text_within(&text, (x, y), style, Align::Center, body.width)?;
    if let Some(error) = scene.error.as_ref().filter(|_| scene.trials.is_empty()) {
        let style = TextStyle::regular(theme::SUBTITLE_SIZE, theme::MUTED);
        canvas.text_within(error, (x, y + 24.0), style, Align::Center, body.width)?;
    }
    Ok(())
}
