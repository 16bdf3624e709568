#include <xgrad/framework/core/elementary/quadrant.hpp>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace xgrad::elementary::lanes {
namespace {

__extension__ using Wide = unsigned __int128;
__extension__ using SignedWide = __int128;

/// The first 1280 bits of 2 / pi behind the point, with room before them.
constexpr std::array<std::uint64_t, 21> two_over_pi_bits{0,
                                                         0xa2f9836e4e441529,
                                                         0xfc2757d1f534ddc0,
                                                         0xdb6295993c439041,
                                                         0xfe5163abdebbc561,
                                                         0xb7246e3a424dd2e0,
                                                         0x06492eea09d1921c,
                                                         0xfe1deb1cb129a73e,
                                                         0xe88235f52ebb4484,
                                                         0xe99c7026b45f7e41,
                                                         0x3991d639835339f4,
                                                         0x9c845f8bbdf9283b,
                                                         0x1ff897ffde05980f,
                                                         0xef2f118b5a0a6d1f,
                                                         0x6d367ecf27cb09b7,
                                                         0x4f463f669e5fea2d,
                                                         0x7527bac7ebe5f17b,
                                                         0x3d0739f78a5292ea,
                                                         0x6bfb5fb11f8d5d08,
                                                         0x56033046fc7b6bab,
                                                         0xf0cfbc209af4361d};

/// 64 bits of 2 / pi from bit `first` on; bit 64 is the first behind the point.
std::uint64_t word_at(int first) {
  const auto index = static_cast<std::size_t>(first / 64);
  const int offset = first % 64;
  if (offset == 0) return two_over_pi_bits[index];
  return two_over_pi_bits[index] << offset | two_over_pi_bits[index + 1] >> (64 - offset);
}

}  // namespace

Quadrant<double> quadrant_of_large(double x) {
  const auto word = std::bit_cast<std::uint64_t>(x);
  const int exponent = static_cast<int>(word >> 52 & 0x7ff) - 1075;  // |x| = mantissa * 2^exponent
  const std::uint64_t mantissa = (word & Format<double>::mantissa) | std::uint64_t(1) << 52;
  // Bits of 2 / pi whose product with x is a multiple of 4 do not matter: start where they make 2^1. Of a product of
  // the mantissa with 192 bits, the lowest 192 are 4 turns of a quarter in fixed point.
  const int first = 64 + exponent - 2;
  const std::uint64_t high = word_at(first);
  const std::uint64_t middle = word_at(first + 64);
  const std::uint64_t low = word_at(first + 128);
  const Wide low_product = static_cast<Wide>(mantissa) * low;
  const Wide middle_product = static_cast<Wide>(mantissa) * middle + static_cast<std::uint64_t>(low_product >> 64);
  const std::uint64_t top = mantissa * high + static_cast<std::uint64_t>(middle_product >> 64);
  const Wide turns = static_cast<Wide>(top) << 64 | static_cast<std::uint64_t>(middle_product);
  // The nearest quarter, and what is left of it, as a number of 2^-126 quarters with a sign.
  const Wide quarter = static_cast<Wide>(1) << 126;
  const auto n = static_cast<int>(static_cast<std::uint64_t>((turns + quarter / 2) >> 126));
  const auto left = static_cast<SignedWide>(turns - static_cast<Wide>(n) * quarter);
  const double left_high = static_cast<double>(left);
  const double left_low = static_cast<double>(left - static_cast<SignedWide>(left_high));
  constexpr double half_pi_high = 0x1.921fb54442d18p+0;
  constexpr double half_pi_low = 0x1.1a62633145c06p-54;
  const double product = left_high * half_pi_high;
  const double lost = multiply_add(left_high, half_pi_high, -product);
  const double rest = (product + (lost + (left_high * half_pi_low + left_low * half_pi_high))) * 0x1p-126;
  const bool is_negative = x < 0;
  return {(is_negative ? -n : n) + Format<double>::to_integer, is_negative ? -rest : rest};
}

}  // namespace xgrad::elementary::lanes
