// Numbers beside tensors: exact, or an error, in every operator that takes one.

#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

using namespace xgrad;

namespace {

using Integers = std::vector<std::int64_t>;

constexpr std::int64_t beyond = 9007199254740993;  // 2^53 + 1, which no double is
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

Integers integers_of(const Tensor& tensor) {
  const Array array = eval(tensor).cast(DType::int64);
  return {array.data<std::int64_t>().begin(), array.data<std::int64_t>().end()};
}

/// An operator between an int64 tensor and a number.
struct WithNumber {
  const char* name;
  std::function<Tensor(const Tensor& x, Number number)> of;
  std::int64_t x;
  std::int64_t number;
  std::int64_t expected;
};

const WithNumber operators[] = {
    {"x + n", [](auto x, auto n) { return x + n; }, 1, beyond, beyond + 1},
    {"n + x", [](auto x, auto n) { return n + x; }, -1, beyond, beyond - 1},
    {"x - n", [](auto x, auto n) { return x - n; }, beyond + 2, beyond, 2},
    {"n - x", [](auto x, auto n) { return n - x; }, beyond - 1, beyond, 1},
    {"x * n", [](auto x, auto n) { return x * n; }, 3, beyond, 3 * beyond},
    {"n * x", [](auto x, auto n) { return n * x; }, -3, beyond, -3 * beyond},
    {"equal", [](auto x, auto n) { return equal(x, n); }, beyond, beyond, 1},
    {"equal to a neighbour", [](auto x, auto n) { return equal(x, n); }, beyond - 1, beyond, 0},
    {"not_equal", [](auto x, auto n) { return not_equal(x, n); }, beyond - 1, beyond, 1},
    {"greater", [](auto x, auto n) { return greater(x, n); }, beyond, beyond - 1, 1},
    {"greater_equal", [](auto x, auto n) { return greater_equal(x, n); }, beyond - 1, beyond, 0},
    {"less", [](auto x, auto n) { return less(x, n); }, beyond - 1, beyond, 1},
    {"less_equal", [](auto x, auto n) { return less_equal(x, n); }, beyond + 1, beyond, 0},
    {"maximum", [](auto x, auto n) { return maximum(x, n); }, 5, beyond, beyond},
    {"minimum", [](auto x, auto n) { return minimum(x, n); }, largest, beyond, beyond},
    {"fmax", [](auto x, auto n) { return fmax(x, n); }, 5, beyond, beyond},
    {"fmin", [](auto x, auto n) { return fmin(x, n); }, largest, beyond, beyond},
    {"clip below", [](auto x, auto n) { return clip(x, n, std::nullopt); }, 5, beyond, beyond},
    {"clip above", [](auto x, auto n) { return clip(x, 0, n); }, largest, beyond, beyond},
    {"remainder", [](auto x, auto n) { return remainder(x, n); }, beyond + 3, beyond, 3},
    {"fmod", [](auto x, auto n) { return fmod(x, n); }, beyond + 3, beyond, 3},
    {"floor_divide", [](auto x, auto n) { return floor_divide(x, n); }, 2 * beyond - 1, beyond, 1},
    {"masked_fill", [](auto x, auto n) { return masked_fill(x, equal(x, x), n); }, 0, beyond, beyond},
    {"pad",
     [](auto x, auto n) {
       return slice(pad(x, {{0, 1}}, PadMode::constant, n), {Range{1, {}}});
     },
     0, beyond, beyond},
    {"shift", [](auto x, auto n) { return shift(x, 1, 0, n); }, 0, beyond, beyond},
    {"scalar", [](auto x, auto n) { return x + scalar(n, DType::int64); }, 0, beyond, beyond},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(numbers)

BOOST_AUTO_TEST_CASE(keep_all_digits_beside_int64) {
  for (const auto& [name, of, x, number, expected] : operators) {
    BOOST_TEST_CONTEXT(name) {
      const Tensor tensor = constant(xt::xarray<std::int64_t>{x});
      BOOST_TEST(integers_of(of(tensor, number)) == Integers{expected}, boost::test_tools::per_element());
      BOOST_TEST(integers_of(of(tensor, static_cast<unsigned long long>(number))) == Integers{expected},
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(that_the_dtype_cannot_hold_are_refused) {
  const Number too_large[] = {0x8000000000000000u,
                              std::numeric_limits<unsigned long long>::max(),
                              0x1p63,
                              -0x1.1p63,
                              0.5,
                              std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()};
  for (const auto& [name, of, x, ignored, expected] : operators) {
    if (std::string_view(name) == "scalar") continue;  // which casts
    const Tensor tensor = constant(xt::xarray<std::int64_t>{x});
    for (const auto& number : too_large) {
      BOOST_TEST_CONTEXT(name << " with " << number.to_string()) { BOOST_CHECK_THROW(of(tensor, number), DTypeError); }
    }
  }
  const auto refused = [](DType dtype, Number number) {
    BOOST_CHECK_THROW(input({3}, {}, dtype) + number, DTypeError);
  };
  refused(DType::uint8, -1);
  refused(DType::uint8, 256u);
  refused(DType::int32, 2147483648u);
  refused(DType::int32, -2147483649L);
}

BOOST_AUTO_TEST_CASE(at_the_ends_of_int64) {
  const Tensor zero = constant(xt::xarray<std::int64_t>{0});
  for (const auto number : {largest, -largest, -largest - 1}) {
    BOOST_TEST(integers_of(zero + number) == Integers{number}, boost::test_tools::per_element());
  }
  BOOST_TEST(integers_of(zero + -0x1p63) == Integers{-largest - 1}, boost::test_tools::per_element());
  BOOST_TEST(integers_of(zero + 0x1p62) == Integers{std::int64_t{1} << 62}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(beside_floating_point_are_rounded_once) {
  const Tensor x = scalar(0, DType::float32);
  // 2^60 + 2^36 + 1 lies above the middle of two float32 neighbours; as a double it would lie on it and round down.
  const std::int64_t number = (std::int64_t{1} << 60) + (std::int64_t{1} << 36) + 1;
  BOOST_TEST(eval(x + number).item() == static_cast<double>(static_cast<float>(number)));
  BOOST_TEST(eval(x + number).item() > 0x1p60);
}

BOOST_AUTO_TEST_SUITE_END()
