// What is masked, dropped, padded, out of range or behind a length reaches neither results nor gradients, whatever it
// holds: for every operator, found out by moving its elements one by one.

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "battery.hpp"
#include "derivatives.hpp"
#include "probe.hpp"
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <span>

using namespace xgrad;
using namespace xgrad::test;

namespace {

using Values = std::vector<double>;

constexpr double hostile_numbers[] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
                                      -std::numeric_limits<double>::infinity()};

enum class Check { inputs, cotangents };

/// What is no choice, though moving an element does not show it.
struct Exception {
  std::string_view reason;
  std::set<Check> not_checked;
};
const std::map<std::string_view, Exception> exceptions{
    {"conv1d", {"padding is zeros, with which infinite weights are multiplied", {Check::inputs}}},
    {"conv2d", {"padding is zeros, with which infinite weights are multiplied", {Check::inputs}}},
    {"matrix_norm", {"of the sums of which it takes the smallest, one that is NaN stays visible", {Check::inputs}}},
    {"triplet", {"a distance that is NaN stays visible, however far the others are", {Check::inputs}}},
    {"slogdet", {"a matrix that is not finite is not factored", {Check::inputs}}},
    {"cosine_similarity",
     {"vectors of one element have the slope (1 - 1) / size, which is 0 at all sizes", {Check::cotangents}}},
    {"det", {"the gradient of its gradient is a product of whole matrices", {Check::cotangents}}},
    {"cholesky", {"its gradient is a product of whole matrices", {Check::cotangents}}},
    {"qr", {"its gradient is a product of whole matrices, with rounding", {Check::inputs, Check::cotangents}}},
};

/// For each element of an input, which elements of the value move when it takes other numbers.
using Moves = std::vector<std::vector<bool>>;

void add_moves(const Probe& probe, std::size_t argument, std::span<const double> steps, std::span<const double> others,
               Moves& moves) {
  const auto base = probe.run({}, 0);
  const auto numbers = elements(probe.arguments[argument]);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Values tried(others.begin(), others.end());
    for (const double step : steps) tried.push_back(numbers[i] + step);
    for (const double number : tried) {
      const auto results = probe.run({{argument, number}}, i);
      for (std::size_t j = 0; j < moves[i].size(); ++j) {
        if (!results || !base || !is_same(results->value[j], base->value[j])) moves[i][j] = true;
      }
    }
  }
}

void check_same(const std::string& what, const Values& received, const Values& expected) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (is_same(received[i], expected[i])) continue;
    BOOST_ERROR(fmt::format("{}, element {}: {} for {}", what, i, received[i], expected[i]));
    return;
  }
}

/// Which elements of the value any element moves. What none of an input moves is computed from them all the same:
/// softmax of one element.
std::vector<bool> movable(const Moves& moves, std::size_t count) {
  std::vector<bool> result(count);
  for (const auto& moved : moves) {
    for (std::size_t j = 0; j < count; ++j) result[j] = result[j] || moved[j];
  }
  return result;
}

constexpr double far_steps[] = {0.37, -0.53};
constexpr double far_numbers[] = {7.3, -11.1, 0, 0.3};
constexpr double near_steps[] = {1e-2, -1e-2};

void check_inputs(const Probe& probe, const Results& base) {
  const auto elsewhere = probe.moved();
  for (std::size_t k = 0; k < probe.floating.size(); ++k) {
    const auto argument = probe.floating[k];
    Moves moves(base.first[k].size(), std::vector<bool>(base.value.size()));
    add_moves(probe, argument, far_steps, far_numbers, moves);
    add_moves(elsewhere, argument, far_steps, far_numbers, moves);
    const auto is_movable = movable(moves, base.value.size());
    for (std::size_t i = 0; i < moves.size(); ++i) {
      bool is_hidden = std::none_of(moves[i].begin(), moves[i].end(), [](bool moves) { return moves; });
      if (is_hidden) BOOST_TEST(base.first[k][i] == 0, fmt::format("input {}, element {} has a slope", argument, i));
      for (const double hostile : hostile_numbers) {
        const auto results = probe.run({{argument, hostile}, {probe.tangent(k), hostile}}, i);
        if (!results) continue;
        const auto what = fmt::format("input {}, element {} is {}", argument, i, hostile);
        for (std::size_t j = 0; j < base.value.size(); ++j) {
          const bool is_same_value = is_same(results->value[j], base.value[j]);
          if (!is_movable[j] && !is_same_value) is_hidden = false;
          if (!is_movable[j] || moves[i][j]) continue;
          if (!is_same_value) {
            BOOST_ERROR(fmt::format("{}: value {} becomes {}", what, j, results->value[j]));
          } else if (!is_same(results->tangent[j], base.tangent[j])) {
            BOOST_ERROR(fmt::format("{}: tangent {} becomes {} for {}", what, j, results->tangent[j], base.tangent[j]));
          }
        }
        if (!is_hidden) continue;
        for (std::size_t other = 0; other < probe.floating.size(); ++other) {
          const auto input = fmt::format("input {}", probe.floating[other]);
          check_same(what + ": gradient of " + input, results->first[other], base.first[other]);
          if (probe.has_second) {
            check_same(what + ": second derivative of " + input, results->second[other], base.second[other]);
          }
        }
      }
    }
  }
}

void check_cotangents(const Probe& probe, const Results& base) {
  const auto elsewhere = probe.moved();
  for (std::size_t k = 0; k < probe.floating.size(); ++k) {
    const auto argument = probe.floating[k];
    Moves moves(base.first[k].size(), std::vector<bool>(base.value.size()));
    add_moves(probe, argument, near_steps, {}, moves);
    add_moves(elsewhere, argument, near_steps, {}, moves);
    auto far_moves = moves;
    add_moves(probe, argument, far_steps, far_numbers, far_moves);
    const auto is_movable = movable(far_moves, base.value.size());
    for (std::size_t j = 0; j < base.value.size(); ++j) {
      if (!is_movable[j]) continue;
      for (const double hostile : hostile_numbers) {
        const auto results = probe.run({{probe.cotangent(), hostile}}, j);
        if (!results) continue;
        for (std::size_t i = 0; i < moves.size(); ++i) {
          if (moves[i][j]) continue;
          const auto what = fmt::format("cotangent {} is {}: input {}, element {}", j, hostile, probe.floating[k], i);
          if (!is_same(results->first[k][i], base.first[k][i])) {
            BOOST_ERROR(fmt::format("{}: gradient {} for {}", what, results->first[k][i], base.first[k][i]));
          } else if (probe.has_second && !is_same(results->second[k][i], base.second[k][i])) {
            BOOST_ERROR(fmt::format("{}: second derivative {} for {}", what, results->second[k][i], base.second[k][i]));
          }
        }
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hidden_elements)

BOOST_AUTO_TEST_CASE(reach_neither_results_nor_gradients) {
  for_each_sample([](const OperatorEntry& entry, const Sample& sample) {
    if (!is_differentiable(sample)) return;
    const auto exception = exceptions.find(entry.name);
    const auto is_checked = [&](Check check) {
      return exception == exceptions.end() || !exception->second.not_checked.contains(check);
    };
    constexpr std::int64_t most = 80;
    for (const auto& array : sample.inputs) {
      if (array.size() > most) return;
    }
    for (auto dtype : {DType::float64, DType::float32}) {
      const Probe probe(sample, dtype);
      const auto base = probe.run({}, 0);
      if (!base || base->value.empty() || base->value.size() > most) return;
      BOOST_TEST_CONTEXT(to_string(dtype)) {
        if (is_checked(Check::inputs)) check_inputs(probe, *base);
        if (is_checked(Check::cotangents)) check_cotangents(probe, *base);
      }
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()
