//! 16-bit floating point to 32-bit.

/// An IEEE half as `f32`, exactly.
#[inline]
pub fn half(bits: u16) -> f32 {
    // The exponent's bias grows from 15 to 127. Multiplying does that for subnormals too.
    let magnitude = f32::from_bits(u32::from(bits & 0x7FFF) << 13) * f32::from_bits((112 + 127) << 23);
    let magnitude = if bits & 0x7C00 == 0x7C00 {
        f32::from_bits(0x7F80_0000 | (u32::from(bits & 0x03FF) << 13))
    } else {
        magnitude
    };
    magnitude.copysign(f32::from_bits(u32::from(bits) << 16))
}

/// A `bfloat16` as `f32`: the upper half of its bits.
#[inline]
pub fn bfloat(bits: u16) -> f32 {
    f32::from_bits(u32::from(bits) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_halves() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x8000, -0.0),
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x7BFF, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x83FF, -6.097_555e-5),
            (0x3555, 0.333_251_95),
            (0x7C00, f32::INFINITY),
            (0xFC00, f32::NEG_INFINITY),
        ] {
            assert_eq!(half(bits).to_bits(), f32::to_bits(value), "{bits:04x}");
        }
        assert!(half(0x7E00).is_nan());
    }
}
