// Ranges and moments of random numbers, and that they depend on the seed and the counter alone.

#include <xgrad/framework/core/random.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/dropout.hpp>
#include <xgrad/ops/random_bernoulli.hpp>
#include <xgrad/ops/random_integers.hpp>
#include <xgrad/ops/random_normal.hpp>
#include <xgrad/ops/random_uniform.hpp>

#include <boost/test/unit_test.hpp>

#include "reference.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

using namespace xgrad;

namespace {

using Values = std::vector<double>;
using Draw = std::function<Tensor(const Tensor& counter, const Shape& shape, std::uint64_t seed)>;

constexpr std::int64_t count = 100'000;

Values values_of(const Tensor& tensor) { return test::Plain(eval(tensor)).values; }

Values draw(const Draw& of, std::int64_t counter = 0, std::uint64_t seed = 1) {
  return values_of(of(constant(Array(counter)), {count / 10, 10}, seed));
}

double mean_of(const Values& values, int power = 1) {
  double sum = 0;
  for (double value : values) sum += std::pow(value, power);
  return sum / static_cast<double>(values.size());
}

const Draw draws[] = {
    [](auto counter, auto shape, auto seed) { return random_uniform(counter, shape, seed); },
    [](auto counter, auto shape, auto seed) { return random_normal(counter, shape, seed); },
    [](auto counter, auto shape, auto seed) { return random_truncated_normal(counter, shape, -2, 2, seed); },
    [](auto counter, auto shape, auto seed) { return random_bernoulli(counter, shape, 0.3, seed); },
    [](auto counter, auto shape, auto seed) { return random_integers(counter, shape, -5, 5, seed); },
    [](auto counter, auto shape, auto seed) { return random_permutation(counter, shape.size(), seed); },
    [](auto counter, auto shape, auto seed) { return dropout_mask(counter, shape, 0.3, seed); },
};

}  // namespace

BOOST_AUTO_TEST_SUITE(random_operators)

BOOST_AUTO_TEST_CASE(depend_on_seed_and_counter_alone) {
  for (const auto& of : draws) {
    const auto first = draw(of);
    BOOST_TEST((first == draw(of)));
    BOOST_TEST((first != draw(of, 1)));
    BOOST_TEST((first != draw(of, 0, 2)));
  }
}

// With a symbol the rows are cut into blocks.
BOOST_AUTO_TEST_CASE(do_not_depend_on_blocks) {
  for (const auto& of : draws) {
    const Tensor rows = input({batch, 10}, "rows");
    const auto whole = draw(of);
    auto function = compile({rows}, {of(constant(Array(std::int64_t{0})), rows.shape(), 1)});
    BOOST_TEST((test::Plain(function(Array(DType::float32, {count / 10, 10}))[0]).values == whole));
  }
}

BOOST_AUTO_TEST_CASE(normal_numbers_have_the_moments_of_the_distribution) {
  for (auto dtype : {DType::float32, DType::float64}) {
    const auto x =
        draw([=](auto counter, auto shape, auto seed) { return random_normal(counter, shape, seed, dtype); });
    BOOST_TEST(std::abs(mean_of(x)) < 0.015);
    BOOST_TEST(std::abs(mean_of(x, 2) - 1) < 0.02);
    BOOST_TEST(std::abs(mean_of(x, 3)) < 0.06);
    BOOST_TEST(std::abs(mean_of(x, 4) - 3) < 0.15);
    BOOST_TEST(std::all_of(x.begin(), x.end(), [](double value) { return std::abs(value) < 8.3; }));
  }
}

BOOST_AUTO_TEST_CASE(truncated_normal_numbers_stay_within_their_bounds) {
  struct Case {
    double low, high, mean, variance;
  };
  // For the tail from 3: density(3) / P(X > 3) for the mean, 1 + 3 * mean - mean^2 for the variance.
  for (const auto& [low, high, mean, variance] :
       {Case{-2, 2, 0, 0.773741}, Case{3, 40, 3.283098, 0.0705658}, Case{-40, -3, -3.283098, 0.0705658}}) {
    for (auto dtype : {DType::float32, DType::float64}) {
      const auto x = draw([&](auto counter, auto shape, auto seed) {
        return random_truncated_normal(counter, shape, low, high, seed, dtype);
      });
      BOOST_TEST(*std::min_element(x.begin(), x.end()) >= low);
      BOOST_TEST(*std::max_element(x.begin(), x.end()) <= high);
      BOOST_TEST(std::abs(mean_of(x) - mean) < 0.01);
      BOOST_TEST(std::abs(mean_of(x, 2) - mean_of(x) * mean_of(x) - variance) < 0.01);
    }
  }
}

// P(beyond x) / P(beyond low) of a number x of the tail is uniform; here in logarithms, by Mills' ratio.
BOOST_AUTO_TEST_CASE(truncated_normal_numbers_of_far_tails_follow_the_distribution) {
  const auto mills_ratio = [](long double x) {
    long double rest = x;
    for (int term = 400; term > 0; --term) rest = x + static_cast<long double>(term) / rest;
    return 1 / rest;
  };
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (auto dtype : {DType::float32, DType::float64}) {
    for (const double low : {10.0, 12.5, 13.0, 14.0, 38.0, 40.0, 300.0, 1e5, 1e18}) {
      for (const double width : {infinity, 1.0, 0.01 / low, low * 1e-3}) {
        const double high = low + width;
        if (!(static_cast<float>(low) < static_cast<float>(high))) continue;
        BOOST_TEST_CONTEXT(to_string(dtype) << " between " << low << " and " << high) {
          const auto of = [&](double low, double high) {
            return draw([=](auto counter, auto shape, auto seed) {
              return random_truncated_normal(counter, shape, low, high, seed, dtype);
            });
          };
          const auto x = of(low, high);
          const auto beyond = [&](long double x) {
            const long double distance = x - low;
            return std::exp(std::log(mills_ratio(x) / mills_ratio(low)) - distance * (low + distance / 2));
          };
          const auto rest = high == infinity ? 0 : beyond(high);
          double sum = 0, squares = 0;
          for (double number : x) {
            BOOST_REQUIRE(number >= low * (1 - 1e-7) && number <= high * (1 + 1e-7));
            const auto share = static_cast<double>((1 - beyond(number)) / (1 - rest));
            sum += share;
            squares += share * share;
          }
          // Where the dtype has as few numbers as that, the sum says nothing.
          const double spacing = low * (dtype == DType::float32 ? 0x1p-23 : 0x1p-52);
          if (spacing * std::max(low, 1 / (high - low)) > 1e-3) continue;
          const double mean = sum / static_cast<double>(count);
          BOOST_TEST(std::abs(mean - 0.5) < 0.004);
          BOOST_TEST(std::abs(squares / static_cast<double>(count) - mean * mean - 1.0 / 12) < 0.001);
          if (width == 1) {
            const auto mirrored = of(-high, -low);
            for (std::size_t i = 0; i < x.size(); ++i) BOOST_REQUIRE(mirrored[i] == -x[i]);
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(booleans_are_true_as_often_as_asked) {
  for (double probability : {0.0, 0.3, 1.0}) {
    const auto x =
        draw([=](auto counter, auto shape, auto seed) { return random_bernoulli(counter, shape, probability, seed); });
    BOOST_TEST(std::abs(mean_of(x) - probability) <= (probability == 0.3 ? 0.008 : 0));
  }
}

BOOST_AUTO_TEST_CASE(integers_take_every_value_equally_often) {
  std::map<double, int> counts;
  for (double value : draw(draws[4])) ++counts[value];
  BOOST_TEST(counts.size() == 10);
  BOOST_TEST(counts.begin()->first == -5);
  for (const auto& [value, times] : counts) BOOST_TEST(std::abs(times - count / 10) < 500);
  const auto wide = values_of(random_integers(constant(Array(std::int64_t{0})), {1000}, -(std::int64_t{1} << 52),
                                              std::int64_t{1} << 52, 1, DType::int64));
  BOOST_TEST(std::abs(mean_of(wide)) < 0x1p52 * 0.08);
}

BOOST_AUTO_TEST_CASE(permutations_hold_every_integer_once_and_every_order_equally_often) {
  std::map<Values, int> counts;
  const Tensor counter = input({}, "counter", DType::int64);
  auto function = compile({counter}, {random_permutation(counter, 3, 1)});
  for (std::int64_t i = 0; i < 6000; ++i) {
    auto order = test::Plain(function(Array(i))[0]).values;
    ++counts[order];
    std::sort(order.begin(), order.end());
    BOOST_TEST_REQUIRE((order == Values{0, 1, 2}));
  }
  BOOST_TEST(counts.size() == 6);
  for (const auto& [order, times] : counts) BOOST_TEST(std::abs(times - 1000) < 150);
}

BOOST_AUTO_TEST_CASE(permutations_swap_by_the_bits_of_the_sequence) {
  for (std::size_t size : {255u, 256u, 257u, 1000u}) {
    std::vector<std::int64_t> expected(size);
    std::iota(expected.begin(), expected.end(), 0);
    for (std::size_t left = size; left > 1; --left) {
      std::swap(expected[left - 1], expected[random_bits({.seed = 9, .stream = 4}, left) % left]);
    }
    const auto order =
        values_of(random_permutation(constant(Array(std::int64_t{4})), static_cast<std::int64_t>(size), 9));
    BOOST_TEST(order == Values(expected.begin(), expected.end()), boost::test_tools::per_element());
  }
}

// The middle, both tails and the far tails, for every number of elements up to two tiles of the kernel.
BOOST_AUTO_TEST_CASE(quantiles_invert_the_probability) {
  for (const double low : {-40.0, 2.0, 7.0}) {
    const auto tensor = random_truncated_normal(constant(Array(std::int64_t{3})), {600}, low, 40, 5, DType::float64);
    const auto x = values_of(tensor);
    Values u(x.size());
    fill_uniform({.seed = 5, .stream = 3}, 0, u);
    // From above 0 the numbers are those of the mirrored tail.
    const double last = low > 0 ? std::erfc(low / std::sqrt(2.0)) / 2 : 1;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double below = last * (u[i] + 0x1p-54);
      const double found = std::erfc((low > 0 ? x[i] : -x[i]) / std::sqrt(2.0)) / 2;
      BOOST_REQUIRE_SMALL(found / below - 1, 1e-13);
    }
  }
}

BOOST_AUTO_TEST_CASE(dropout_keeps_the_expected_value) {
  const auto mask = draw(draws[6]);
  BOOST_TEST(std::abs(mean_of(mask) - 1) < 0.012);
  const float kept = 1 / 0.7f;
  for (double value : mask) BOOST_TEST_REQUIRE((value == 0 || std::abs(value - kept) < 1e-6));
}

BOOST_AUTO_TEST_SUITE_END()
