//! What a Jupyter notebook with the kernel `evcxr` shows of a sweep.

use crate::sweep::{Hyperoptimizer, Sweep};

impl Sweep {
    /// Shows the table of the best trials in a notebook: the kernel `evcxr` calls this for a cell that ends with a sweep.
    ///
    /// It prints the table as HTML, between the lines that `evcxr` looks for.
    pub fn evcxr_display(&self) {
        println!("{}", notebook_block("text/html", &preformatted(&self.to_string())));
    }
}

impl<P, D: AsRef<Sweep>> Hyperoptimizer<P, D> {
    /// Shows the table of the best trials in a notebook: see [`Sweep::evcxr_display`].
    ///
    /// A notebook keeps variables from cell to cell if their types have names, as the result of a sweep with `into = Settings` does.
    pub fn evcxr_display(&self) {
        self.sweep().evcxr_display();
    }
}

/// Returns `content` of the MIME type `kind` between the lines that `evcxr` looks for in a program's output.
#[doc(hidden)]
#[must_use]
pub fn notebook_block(kind: &str, content: &str) -> String {
    format!("EVCXR_BEGIN_CONTENT {kind}\n{content}\nEVCXR_END_CONTENT")
}

/// Text as HTML that keeps its columns.
fn preformatted(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<pre style=\"line-height: 1.2\">{text}</pre>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_html_between_the_lines_of_the_kernel() {
        let block = notebook_block("text/html", &preformatted("a <b> & c\n1   2"));
        let lines: Vec<_> = block.lines().collect();
        assert_eq!(lines[0], "EVCXR_BEGIN_CONTENT text/html");
        assert_eq!(lines[1..3], ["<pre style=\"line-height: 1.2\">a &lt;b&gt; &amp; c", "1   2</pre>"]);
        assert_eq!(lines[3..], ["EVCXR_END_CONTENT"]);
    }
}
