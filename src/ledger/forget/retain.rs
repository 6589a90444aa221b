//! Not keeping things for longer than was asked.

/// placeholder
pub struct Cutoffs;
/// placeholder
pub struct Kept;
/// placeholder
pub struct Retained;
/// placeholder
pub struct Rule;
