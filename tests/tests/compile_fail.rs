//! What must not compile, with what the compiler says about it, and what must.
//!
//! After a change of the toolchain or the spec, `TRYBUILD=overwrite cargo test --test compile_fail` writes the texts
//! anew; read the difference before committing it.

// It is compiled along with this file: a build of its own would cost half a minute.
#[path = "compile_fail/passes.rs"]
mod passes;

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    for case in ["missing_argument", "missing_field", "wrong_enum", "wrong_id", "wrong_state"] {
        cases.compile_fail(format!("tests/compile_fail/{case}.rs"));
    }
}

#[test]
fn the_same_without_mistakes_does() {
    passes::main();
}
