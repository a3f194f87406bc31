//! Figures and reports in a Jupyter notebook with the kernel `evcxr`.

use hyperopt_core::__private::notebook_block;

use crate::Figure;
#[cfg(feature = "report")]
use crate::Report;

impl Figure {
    /// Shows the figure in a notebook: the kernel `evcxr` calls this for a cell that ends with a figure.
    ///
    /// It prints the SVG, or the error if the figure cannot be drawn, between the lines that `evcxr` looks for.
    pub fn evcxr_display(&self) {
        println!("{}", figure(self));
    }
}

#[cfg(feature = "report")]
impl Report<'_> {
    /// Shows the report in a notebook, in a frame of its own: the kernel `evcxr` calls this for a cell that ends with a report.
    ///
    /// It prints the page, or the error if a figure cannot be drawn, between the lines that `evcxr` looks for.
    pub fn evcxr_display(&self) {
        println!("{}", page(self));
    }
}

fn figure(figure: &Figure) -> String {
    match figure.to_svg() {
        Ok(svg) => notebook_block("image/svg+xml", &svg),
        Err(error) => notebook_block("text/plain", &error.to_string()),
    }
}

/// Returns a page within the page of the notebook, whose styles and scripts do not meet.
#[cfg(feature = "report")]
fn page(report: &Report<'_>) -> String {
    match report.to_html() {
        Ok(html) => {
            let html = html.replace('&', "&amp;").replace('"', "&quot;");
            notebook_block(
                "text/html",
                &format!("<iframe style=\"width: 100%; height: 50em\" srcdoc=\"{html}\"></iframe>"),
            )
        }
        Err(error) => notebook_block("text/plain", &error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use hyperopt_core::{Hyperoptimizer, NamedValues, Parameters, Search};

    use super::*;

    fn sweep(trials: u32) -> Hyperoptimizer<NamedValues<f64>> {
        let space = Parameters::new().with("x", 0.0..=1.0);
        Search::new(space).seed(7).run(0..trials, |_, params| params["x"])
    }

    #[test]
    fn a_figure_is_an_svg() {
        let block = figure(&crate::plot(&sweep(5)));
        assert!(block.starts_with("EVCXR_BEGIN_CONTENT image/svg+xml\n<svg"), "{}", &block[..200]);
        assert!(block.ends_with("</svg>\nEVCXR_END_CONTENT") || block.ends_with("</svg>\n\nEVCXR_END_CONTENT"));
    }

    #[test]
    fn a_figure_without_trials_is_its_error() {
        let block = figure(&crate::pareto_front(&sweep(5)));
        assert!(block.starts_with("EVCXR_BEGIN_CONTENT text/plain\n"), "{block}");
    }

    #[cfg(feature = "report")]
    #[test]
    fn a_report_is_a_frame_of_its_own() {
        let block = page(&crate::report(&sweep(5)));
        let frame = "EVCXR_BEGIN_CONTENT text/html\n<iframe style=\"width: 100%; height: 50em\" srcdoc=\"&lt;!DOCTYPE";
        assert!(block.starts_with(&frame.replace("&lt;", "<")), "{}", &block[..200]);
        let inside = block.split_once("srcdoc=\"").and_then(|(_, rest)| rest.rsplit_once("\"></iframe>")).unwrap().0;
        assert!(!inside.contains('"'));
    }
}
