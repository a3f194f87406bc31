use super::*;

#[test]
fn by_value_under_the_same_name() {
    let ho = hyperopt!(
        seed = 3,
        a = 1..=100,
        for _ in 0..5 {
            a
        }
    );
    let first: Vec<_> = ho.results().collect();
    let ho = hyperopt!(
        ho = ho,
        a = 1..=100,
        for _ in 0..5 {
            a
        }
    );
    assert_eq!(ho.len(), 10);
    assert_eq!(ho.seed(), 3);
    assert_eq!(ho.results().take(5).collect::<Vec<_>>(), first);
}

#[test]
fn by_reference_in_a_loop() {
    let mut lens = Vec::new();
    let start = hyperopt!(
        a = 1..=100,
        for _ in 0..2 {
            a
        }
    );
    for _ in 0..2 {
        let ho = hyperopt!(
            ho = &start,
            a = 1..=100,
            for _ in 0..3 {
                a
            }
        );
        lens.push(ho.len());
    }
    assert_eq!((start.len(), lens), (2, vec![5, 5]));
}
