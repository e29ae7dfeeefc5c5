//! Makes sure that the folder of the web console exists: without it the program builds too, with no console in it.

fn main() {
    // Embedded files are found when the program is compiled, so a new build of the console compiles it again.
    println!("cargo::rerun-if-changed=web/dist");
    if let Err(error) = std::fs::create_dir_all("web/dist") {
        println!("cargo::error=web/dist cannot be made: {error}");
    }
}
