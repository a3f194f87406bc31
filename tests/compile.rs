//! What the compiler says about mistakes in a call, and that calls without one say nothing.
//!
//! `TRYBUILD=overwrite cargo test --test compile` writes down what it says now.

#[rustversion::attr(not(all(since(1.95), before(1.96))), ignore = "the messages move with the compiler")]
#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    cases.pass("tests/ui/pass/*.rs");
}
