//! One sweep, or several, as the argument of a figure.

use hyperopt_core::Sweep;

/// The argument of figures that draw one sweep or several: a sweep, a list of sweeps, or a list of pairs of a name and a sweep.
///
/// A sweep is what `hyperopt!` evaluates to, or a bare [`Sweep`]. Sweeps without a name, and sweeps with the same name, count
/// as runs of one method with different seeds. The compiler infers `Kind`.
///
/// ```
/// # fn show<P>(a: &hyperopt_core::Hyperoptimizer<P>, b: &hyperopt_core::Sweep) -> Result<(), hyperopt_plot::Error> {
/// hyperopt_plot::optimization_history(a).save("one.png")?;
/// hyperopt_plot::optimization_history(&[a.sweep(), b]).save("seeds.png")?;
/// hyperopt_plot::optimization_history(&[("random", a.sweep()), ("TPE", b)]).save("methods.png")?;
/// # Ok(())
/// # }
/// ```
pub trait Sweeps<Kind> {
    /// Returns the sweeps, each with its name if it has one.
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)>;
}

/// The kind of a single sweep.
#[derive(Debug)]
pub enum One {}

/// The kind of a list of sweeps.
#[derive(Debug)]
pub enum Several {}

/// The kind of a list of sweeps with names.
#[derive(Debug)]
pub enum Named {}

impl<T: AsRef<Sweep> + ?Sized> Sweeps<One> for T {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        vec![(None, self.as_ref())]
    }
}

impl<T: AsRef<Sweep>> Sweeps<Several> for [T] {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        self.iter().map(|sweep| (None, sweep.as_ref())).collect()
    }
}

impl<T: AsRef<Sweep>, const N: usize> Sweeps<Several> for [T; N] {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        self.as_slice().sweeps()
    }
}

impl<T: AsRef<Sweep>> Sweeps<Several> for Vec<T> {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        self.as_slice().sweeps()
    }
}

impl<N: ToString, T: AsRef<Sweep>> Sweeps<Named> for [(N, T)] {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        self.iter().map(|(name, sweep)| (Some(name.to_string()), sweep.as_ref())).collect()
    }
}

impl<N: ToString, T: AsRef<Sweep>, const K: usize> Sweeps<Named> for [(N, T); K] {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        self.as_slice().sweeps()
    }
}

impl<N: ToString, T: AsRef<Sweep>> Sweeps<Named> for Vec<(N, T)> {
    fn sweeps(&self) -> Vec<(Option<String>, &Sweep)> {
        self.as_slice().sweeps()
    }
}
