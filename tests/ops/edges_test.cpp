// Every operator at the edges of numbers: NaN, infinities, -0, denormals and the largest numbers in each input and in
// the cotangent. What is special at one operator is said in its entry; the rules that hold for all are held here.

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "battery.hpp"
#include "derivatives.hpp"
#include "probe.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <string_view>

using namespace xgrad;
using namespace xgrad::test;

namespace {

using Values = std::vector<double>;

/// Operators that are exempt from a rule, and why. One that no longer needs to be fails the test.
class Exceptions {
 public:
  Exceptions(std::map<std::string_view, std::string_view> reasons) : reasons_(std::move(reasons)) {}

  /// Whether this operator may break the rule, which it has just done.
  bool allow(std::string_view name) const {
    const auto found = reasons_.find(name);
    if (found == reasons_.end()) return false;
    needed_.insert(found->first);
    return true;
  }

  void expect_all_needed() const {
    for (const auto& [name, reason] : reasons_) BOOST_TEST(needed_.contains(name), name << " is no exception");
  }

 private:
  std::map<std::string_view, std::string_view> reasons_;
  mutable std::set<std::string_view> needed_;
};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

const Exceptions hide_not_a_number{{
    {"fmax", "it takes the other number"},
    {"fmin", "it takes the other number"},
    {"nanmean", "it leaves NaN out"},
    {"nansum", "it leaves NaN out"},
    {"sort", "it puts NaN behind the numbers"},
    {"topk", "it hands on numbers that come after NaN"},
}};

constexpr std::string_view infinity_less_infinity =
    "an infinity is measured from a mean or a maximum that it makes infinite";
constexpr std::string_view ratio_of_infinities = "infinity is divided by a size that it makes infinite";
constexpr std::string_view zero_times_infinity = "0 times infinity, in a sum of products";
constexpr std::string_view remainder_of_infinity = "infinity has no remainder and no angle";

/// What may be NaN at infinities though it has a limit.
const Exceptions without_limits{{
    {"adam_step", ratio_of_infinities},
    {"batch_norm", infinity_less_infinity},
    {"binary_crossentropy", zero_times_infinity},
    {"categorical_crossentropy", infinity_less_infinity},
    {"categorical_hinge", infinity_less_infinity},
    {"conv1d", zero_times_infinity},
    {"conv2d", zero_times_infinity},
    {"cosine_similarity", ratio_of_infinities},
    {"ctc", infinity_less_infinity},
    {"cumprod", zero_times_infinity},
    {"einsum", zero_times_infinity},
    {"floor_divide", remainder_of_infinity},
    {"fmod", remainder_of_infinity},
    {"group_norm", infinity_less_infinity},
    {"hypot", ratio_of_infinities},
    {"instance_norm", infinity_less_infinity},
    {"inv", "a matrix that is not finite is not factored"},
    {"kl_divergence", infinity_less_infinity},
    {"layer_norm", infinity_less_infinity},
    {"linear_recurrence", zero_times_infinity},
    {"log", "of a softmax, whose maximum is infinite"},
    {"log_softmax", infinity_less_infinity},
    {"matrix_norm", ratio_of_infinities},
    {"matrix_power", zero_times_infinity},
    {"cholesky", "a matrix that is not finite is not factored"},
    {"norm", ratio_of_infinities},
    {"poisson", infinity_less_infinity},
    {"poisson_nll", infinity_less_infinity},
    {"prod", zero_times_infinity},
    {"remainder", remainder_of_infinity},
    {"rmsprop_step", ratio_of_infinities},
    {"scaled_dot_product_attention", infinity_less_infinity},
    {"sinc", remainder_of_infinity},
    {"slogdet", "a matrix that is not finite is not factored"},
    {"softmax", infinity_less_infinity},
    {"softmin", infinity_less_infinity},
    {"solve", "a matrix that is not finite is not factored"},
    {"solve_triangular", zero_times_infinity},
    {"sparse_categorical_crossentropy", infinity_less_infinity},
    {"standardize", infinity_less_infinity},
    {"std", infinity_less_infinity},
    {"triplet", infinity_less_infinity},
    {"var", infinity_less_infinity},
}};

constexpr std::string_view nothing_has_a_share = "of a sum of exponentials that is 0 nothing has a share";

/// What has another value at infinities than the limit.
const Exceptions with_another_value{{
    {"ctc", nothing_has_a_share},
    {"logcumsumexp", nothing_has_a_share},
    {"logsumexp", nothing_has_a_share},
    {"scaled_dot_product_attention", nothing_has_a_share},
}};

constexpr std::string_view a_product = "a product of two elements leaves the range, of which the result is a part";
constexpr std::string_view last_digit = "its remainder changes with the last digit of the divisor";
constexpr std::string_view condition = "its error grows with the ratio of the largest to the smallest number";

/// What float32 gives otherwise than float64 rounded for large numbers.
const Exceptions not_as_float64{{
    {"adam_step", "products of squares of large gradients leave the range"},
    {"batch_norm", condition},
    {"det", condition},
    {"eigh", condition},
    {"fmod", last_digit},
    {"group_norm", condition},
    {"matrix_power", "its intermediate powers leave the range"},
    {"remainder", last_digit},
    {"scaled_dot_product_attention", condition},
    {"svd", condition},
    {"svdvals", condition},
    {"triplet", condition},
}};

/// What float32 gives otherwise for the largest numbers, though the result is in the range.
const Exceptions leave_the_range{{
    {"adam_step", "the square of a gradient leaves the range"},
    {"batch_norm", "one over its deviation is a denormal number"},
    {"binary_crossentropy", a_product},
    {"cholesky", a_product},
    {"det", a_product},
    {"eigh", condition},
    {"einsum", a_product},
    {"fmod", last_digit},
    {"hinge", a_product},
    {"inv", condition},
    {"matrix_power", a_product},
    {"poisson", a_product},
    {"poisson_nll", a_product},
    {"qr", condition},
    {"remainder", last_digit},
    {"rmsprop_step", "the square of a gradient leaves the range"},
    {"scaled_dot_product_attention", "a score leaves the range, though its softmax does not"},
    {"solve", condition},
    {"solve_triangular", a_product},
    {"triplet", "the square of a distance leaves the range"},
}};

/// The first k inputs of a sample and elements of each: all of a few, some of many.
template <class Check>
void for_each_element(const Probe& probe, Check check) {
  for (std::size_t k = 0; k < probe.floating.size(); ++k) {
    const auto size = probe.arguments[probe.floating[k]].size();
    for (std::size_t i = 0; i < size; i += 1 + size / 6) check(k, i);
  }
}

/// Samples of what is differentiated, of few elements.
void for_each_small_sample(const std::function<void(const OperatorEntry&, const Sample&)>& check) {
  for_each_sample([&](const OperatorEntry& entry, const Sample& sample) {
    const auto is_large = [](const Array& array) { return array.size() > 24; };
    if (!is_differentiable(sample) || std::any_of(sample.inputs.begin(), sample.inputs.end(), is_large)) return;
    check(entry, sample);
  });
}

double largest_size(const Values& values) {
  double result = 1;
  for (double value : values) {
    if (std::isfinite(value)) result = std::max(result, std::abs(value));
  }
  return result;
}

constexpr double largest = std::numeric_limits<float>::max();

/// Whether float32 results are those of float64, but for rounding beside the largest of them.
bool is_rounded(const Values& received, const Values& expected) {
  const double size = largest_size(expected);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (is_same(received[i], static_cast<float>(expected[i]))) continue;
    const bool is_near_end = std::abs(expected[i]) > 0.97 * largest && std::abs(received[i]) > 0.97 * largest;
    if (is_near_end && received[i] * expected[i] > 0) continue;
    if (!(std::abs(received[i] - expected[i]) <= 1e-4 * size)) return false;
  }
  return true;
}

std::string_view difference(const Results& received, const Results& expected) {
  if (!is_rounded(received.value, expected.value)) return "value";
  for (std::size_t k = 0; k < expected.first.size(); ++k) {
    if (!is_rounded(received.first[k], expected.first[k])) return "gradient";
  }
  return is_rounded(received.tangent, expected.tangent) ? "" : "tangent";
}

/// The limit of a function that has the values `near` and `far` on the way, NaN where they do not tell.
double limit(double near, double far) {
  if (std::isnan(near) || std::isnan(far)) return none;
  if (std::abs(near - far) <= 1e-9 * (1 + std::abs(far))) return far;
  const bool grows = std::abs(far) > 1e20 && std::abs(far) > std::abs(near);
  return grows ? std::copysign(infinity, far) : none;
}

bool is_near(double received, double expected) {
  return is_same(received, expected) || std::abs(received - expected) <= 1e-6 * (1 + std::abs(expected));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(edges_of_numbers)

// And in the slope, unless that is the same everywhere.
BOOST_AUTO_TEST_CASE(not_a_number_stays_visible_in_all_that_depends_on_it) {
  for_each_small_sample([](const OperatorEntry& entry, const Sample& sample) {
    for (auto dtype : {DType::float64, DType::float32}) {
      const Probe probe(sample, dtype);
      const auto base = probe.run({}, 0);
      for_each_element(probe, [&](std::size_t k, std::size_t i) {
        const auto argument = probe.floating[k];
        const double number = elements(probe.arguments[argument])[i];
        const auto above = probe.run({{argument, number + 0.037}}, i);
        const auto below = probe.run({{argument, number - 0.053}}, i);
        const auto results = probe.run({{argument, none}}, i);
        if (!base || !above || !below || !results) return;
        bool reaches = false;
        const auto differs = [&](const Values& base, const Values& above, const Values& below, std::size_t j) {
          const double size = 1e-5 * (1 + std::abs(base[j]));
          return std::abs(above[j] - base[j]) > size && std::abs(below[j] - base[j]) > size &&
                 std::abs(above[j] - below[j]) > size;
        };
        for (std::size_t j = 0; j < base->value.size(); ++j) {
          if (!differs(base->value, above->value, below->value, j)) continue;
          reaches = true;
          if (std::isnan(results->value[j]) || hide_not_a_number.allow(entry.name)) continue;
          BOOST_ERROR(fmt::format("NaN in element {} of input {}: value {} is {}", i, argument, j, results->value[j]));
        }
        if (!reaches || !differs(base->first[k], above->first[k], below->first[k], i)) return;
        if (std::isnan(results->first[k][i]) || hide_not_a_number.allow(entry.name)) return;
        BOOST_ERROR(fmt::format("NaN in element {} of input {}: its slope is {}", i, argument, results->first[k][i]));
      });
    }
  });
  hide_not_a_number.expect_all_needed();
}

BOOST_AUTO_TEST_CASE(cotangents_that_are_not_finite_reach_all_that_depends_on_them) {
  for_each_small_sample([](const OperatorEntry&, const Sample& sample) {
    for (auto dtype : {DType::float64, DType::float32}) {
      const Probe probe(sample, dtype);
      const auto base = probe.run({}, 0);
      const auto count = probe.arguments[probe.cotangent()].size();
      for (std::size_t j = 0; base && j < count; j += 1 + count / 6) {
        const auto doubled = probe.run({{probe.cotangent(), 2 * elements(probe.arguments[probe.cotangent()])[j]}}, j);
        for (const double hostile : {none, infinity, -infinity}) {
          const auto results = probe.run({{probe.cotangent(), hostile}}, j);
          if (!doubled || !results) continue;
          for (std::size_t k = 0; k < base->first.size(); ++k) {
            for (std::size_t i = 0; i < base->first[k].size(); ++i) {
              const double change = std::abs(doubled->first[k][i] - base->first[k][i]);
              if (change <= 1e-4 * largest_size(base->first[k])) continue;
              const double received = results->first[k][i];
              BOOST_TEST((std::isnan(hostile) ? std::isnan(received) : !std::isfinite(received)),
                         fmt::format("cotangent {} is {}: the gradient of element {} of input {} is {}", j, hostile, i,
                                     probe.floating[k], received));
            }
          }
        }
      }
    }
  });
}

BOOST_AUTO_TEST_CASE(infinities_give_the_limit) {
  for_each_small_sample([](const OperatorEntry& entry, const Sample& sample) {
    const Probe probe(sample, DType::float64);
    for_each_element(probe, [&](std::size_t k, std::size_t i) {
      const auto argument = probe.floating[k];
      for (const double sign : {1.0, -1.0}) {
        const auto near = probe.run({{argument, sign * 1e60}}, i);
        const auto far = probe.run({{argument, sign * 1e75}}, i);
        const auto results = probe.run({{argument, sign * infinity}}, i);
        if (!near || !far || !results) continue;
        const auto check = [&](std::string_view what, double near, double far, double received) {
          const double expected = limit(near, far);
          if (std::isnan(expected) || is_near(received, expected)) return;
          if (std::isnan(received) ? without_limits.allow(entry.name) : with_another_value.allow(entry.name)) return;
          BOOST_ERROR(fmt::format("element {} of input {} is {}: {} is {} for {}", i, argument, sign * infinity, what,
                                  received, expected));
        };
        for (std::size_t j = 0; j < far->value.size(); ++j) {
          check("value", near->value[j], far->value[j], results->value[j]);
        }
        check("slope", near->first[k][i], far->first[k][i], results->first[k][i]);
      }
    });
  });
  without_limits.expect_all_needed();
  with_another_value.expect_all_needed();
}

// Inside of tasks a denormal number may count as 0. Elementwise operators and reductions give what they should up to
// the largest numbers, the others as long as squares stay in the range.
BOOST_AUTO_TEST_CASE(float32_gives_what_float64_gives) {
  for_each_small_sample([](const OperatorEntry& entry, const Sample& sample) {
    const Probe wide(sample, DType::float64);
    const Probe narrow(sample, DType::float32);
    const auto compare = [&](std::size_t argument, std::size_t i, double edge) {
      const double number = static_cast<float>(edge);
      const auto received = narrow.run({{argument, number}}, i);
      const auto expected = wide.run({{argument, number}}, i);
      if (!received || !expected) return;
      const auto what = difference(*received, *expected);
      if (what.empty()) return;
      if (std::abs(edge) < 1) {
        const auto of_zero = wide.run({{argument, std::copysign(0, edge)}}, i);
        if (of_zero && difference(*received, *of_zero).empty()) return;
      }
      if (std::abs(edge) > 1 && not_as_float64.allow(entry.name)) return;
      BOOST_ERROR(fmt::format("element {} of argument {} is {}: another {} in float32", i, argument, edge, what));
    };
    for_each_element(narrow, [&](std::size_t k, std::size_t i) {
      for (const double edge : {-0.0, 1e-40, -1e-40, 1e18, -1e18}) {
        compare(narrow.floating[k], i, edge);
      }
    });
    const auto count = narrow.arguments[narrow.cotangent()].size();
    for (std::size_t j = 0; j < count; j += 1 + count / 6) {
      for (const double edge : {-0.0, 0.0, 1e-40, 1e18, -1e18}) {
        compare(narrow.cotangent(), j, edge);
      }
    }
  });
  not_as_float64.expect_all_needed();
}

BOOST_AUTO_TEST_CASE(the_largest_numbers_give_what_they_should) {
  for_each_small_sample([](const OperatorEntry& entry, const Sample& sample) {
    const Probe wide(sample, DType::float64);
    const Probe narrow(sample, DType::float32);
    for_each_element(narrow, [&](std::size_t k, std::size_t i) {
      for (const double number : {largest, -largest}) {
        const auto received = narrow.run({{narrow.floating[k], number}}, i);
        const auto expected = wide.run({{narrow.floating[k], number}}, i);
        if (!received || !expected || is_rounded(received->value, expected->value)) continue;
        if (leave_the_range.allow(entry.name)) continue;
        BOOST_ERROR(fmt::format("element {} of input {} is {}", i, narrow.floating[k], number));
      }
    });
  });
  leave_the_range.expect_all_needed();
}

BOOST_AUTO_TEST_SUITE_END()
