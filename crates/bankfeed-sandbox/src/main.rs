//! The `bankfeed-sandbox` command.

fn main() {}
