//! Which instructions the processor has.

use crate::simd::{Program, Scalar};

/// A set of instructions that this processor has.
///
/// It can only be made by asking the processor, so holding one is the proof that the instructions may
/// be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Isa(Set);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Set {
    Scalar,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
    #[cfg(target_arch = "aarch64")]
    Neon,
    #[cfg(target_arch = "aarch64")]
    NeonDot,
}

impl Isa {
    /// The best set this processor has.
    pub fn detect() -> Self {
        *Self::available().last().unwrap_or(&Self(Set::Scalar))
    }

    /// No special instructions: runs everywhere, slowly.
    pub const fn scalar() -> Self {
        Self(Set::Scalar)
    }

    /// Every set this processor has, the best one last.
    pub fn available() -> Vec<Self> {
        let mut sets = vec![Set::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if avx2 {
                sets.push(Set::Avx2);
            }
            if avx2 && is_x86_feature_detected!("avxvnni") {
                sets.push(Set::AvxVnni);
            }
            if avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                sets.push(Set::Avx512Vnni);
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            sets.push(Set::Neon);
            if std::arch::is_aarch64_feature_detected!("dotprod") {
                sets.push(Set::NeonDot);
            }
        }
        sets.into_iter().map(Self).collect()
    }

    /// Its name, for reports.
    pub const fn name(self) -> &'static str {
        match self.0 {
            Set::Scalar => "scalar",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Set::AvxVnni => "avx-vnni",
            #[cfg(target_arch = "x86_64")]
            Set::Avx512Vnni => "avx512-vnni",
            #[cfg(target_arch = "aarch64")]
            Set::Neon => "neon",
            #[cfg(target_arch = "aarch64")]
            Set::NeonDot => "neon-dotprod",
        }
    }

    /// Runs `program` compiled for these instructions.
    pub(crate) fn run<P: Program>(self, program: P) -> P::Output {
        match self.0 {
            Set::Scalar => program.run(Scalar),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Self::available` makes this value only where detection found the features.
            Set::Avx2 => unsafe { crate::simd::avx2::run(program) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Set::AvxVnni => unsafe { crate::simd::avx2::run_vnni(program) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Set::Avx512Vnni => unsafe { crate::simd::avx512::run(program) },
            #[cfg(target_arch = "aarch64")]
            // SAFETY: as above.
            Set::Neon => unsafe { crate::simd::neon::run(program) },
            #[cfg(target_arch = "aarch64")]
            // SAFETY: as above.
            Set::NeonDot => unsafe { crate::simd::neon::run_dot(program) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_set_is_last_and_scalar_is_always_there() {
        let all = Isa::available();
        assert_eq!(all.first(), Some(&Isa::scalar()));
        assert_eq!(all.last(), Some(&Isa::detect()));
    }
}
