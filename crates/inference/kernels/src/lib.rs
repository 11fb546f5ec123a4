//! The arithmetic of a small transformer, for the processor at hand.
//!
//! Everything here is a safe function on slices that is given an [`Isa`] (which instructions may be
//! used). Two promises hold for every one of them:
//!
//! - **Same bits on every processor.** Integer sums are exact, and floating-point sums have one order,
//!   that of 16 lanes with fused multiply-add, whichever instructions carry them out.
//! - **Rows do not know each other.** What comes out for a row depends on that row (and in
//!   [`attention()`] on its sentence), never on how many rows are computed at once or where they lie.
//!
//! The only crate of docmill with unsafe code. All of it is in `isa.rs` and `simd/`, one file per instruction
//! set: vector loads and stores through references to whole arrays, and the proof that the processor
//! has the instructions, which is an `Isa` that only detection can make.

#![deny(unsafe_op_in_unsafe_fn)]
#![warn(clippy::undocumented_unsafe_blocks)]

mod attention;
mod exp;
mod float;
mod gelu;
mod int8;
mod isa;
mod norm;
mod quantize;
mod simd;
#[cfg(test)]
mod testing;
mod tile;

pub use attention::{Heads, Scratch as AttentionScratch, attention, attention_of};
pub use float::{FloatMatrix, multiply_float};
pub use gelu::gelu;
pub use int8::{IntMatrix, multiply_int};
pub use isa::Isa;
pub use norm::{add_norm, norm};
pub use quantize::QuantRows;

/// What happens to a product after the bias is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing.
    Store,
    /// GELU.
    Gelu,
}
