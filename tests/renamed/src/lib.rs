//! The macro finds its crate whatever a program calls it.

#[cfg(test)]
mod tests {
    use sweep::prelude::*;

    #[test]
    fn with_a_loop() {
        let ho = hyperopt!(
            sampler = GridSampler::new(),
            a = [1.0, 2.0],
            b = if a > 1.5 {
                [3.0]
            },
            for _ in .. {
                a + b.unwrap_or(0.0)
            }
        );
        assert_eq!(ho.results().flatten().collect::<Vec<_>>(), [1.0, 5.0]);
    }

    #[test]
    fn without_a_loop() {
        let mut ho = sweep::hyperopt!(seed = 7, a = 1..=3);
        assert!(ho.ask().is_ok_and(|(_, params)| params.a <= 3));
    }
}
