//! What holds for every instance.
