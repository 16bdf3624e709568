#pragma once

#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/window_options.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace xgrad {

/// What a window of two elements gives.
struct PoolingOfTwo {
  std::vector<double> elements;
  double value;
  std::vector<double> gradient;
};

/// The special cases along `rank` axes, the first of which has the two elements; `window` is what `pool` is called with
/// besides, along each axis, or nothing.
inline std::vector<SpecialCase> special_pooling_cases(const std::vector<PoolingOfTwo>& special, std::size_t rank,
                                                      const Extents& window,
                                                      std::function<Tensor(std::span<const Tensor>)> pool) {
  Extents shape(rank + 2, 1);
  shape[1] = 2;
  const auto list = window.size() > 1 ? "{" : "";
  const auto end = window.size() > 1 ? "}" : "";
  std::vector<SpecialCase> cases;
  for (const auto& [elements, value, gradient] : special) {
    cases.push_back({.inputs = {special_array(elements, shape)},
                     .value = {value},
                     .gradient = gradient,
                     .arguments = fmt::format("{}{}{}", list, fmt::join(window, ", "), end),
                     .build = pool});
  }
  return cases;
}

/// A window over x, and how tests are told of it. Strides are the size unless the arguments say otherwise.
template <class Options>
struct PoolingCase {
  std::string label;
  Extents x;
  Extents size;
  Options options = {};
  std::map<std::string, std::vector<double>> arguments = {};
};

/// The windows along `rank` axes that every kind of pooling is tried on.
template <class Options>
std::vector<PoolingCase<Options>> shared_pooling_cases(std::size_t rank) {
  switch (rank) {
    case 1:
      return {{"channels", {2, 6, 2}, {2}},
              {"overlapping windows", {2, 5, 2}, {3}, {.strides = 1}, {{"strides", {1}}}},
              {"one element", {1, 1, 1}, {1}},
              {"no samples", {0, 4, 2}, {2}}};
    case 2:
      return {{"channels", {1, 4, 2, 2}, {2, 2}},
              {"same", {2, 3, 3, 1}, {2, 2}, {.padding = "same"}, {{"after", {1, 1}}}},
              {"one element", {1, 1, 1, 1}, {1, 1}},
              {"no samples", {0, 4, 4, 2}, {2, 2}}};
    default:
      return {{"channels", {1, 2, 3, 2, 2}, {2, 2, 1}},
              {"strides and padding",
               {2, 2, 2, 2, 1},
               {2, 1, 2},
               {.strides = {2, 2, 1}, .padding = {0, 0, 1}},
               {{"strides", {2, 2, 1}}, {"before", {0, 0, 1}}, {"after", {0, 0, 1}}}},
              {"one element", {1, 1, 1, 1, 1}, {1, 1, 1}},
              {"no samples", {0, 2, 2, 2, 1}, {2, 2, 2}}};
  }
}

/// Of pooling under windows that move along `rank` axes. The cases and rejections every kind shares come from here.
template <class Options>
OperatorSamples pooling_samples(std::string name, const std::vector<PoolingOfTwo>& special,
                                Tensor (*pool)(const Tensor&, const WindowSizes&, const Options&), std::size_t rank,
                                const std::vector<PoolingCase<Options>>& further_cases = {}) {
  auto cases = shared_pooling_cases<Options>(rank);
  cases.insert(cases.end(), further_cases.begin(), further_cases.end());
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [label, x, size, options, arguments] : cases) {
              auto all = arguments;
              all["size"] = {size.begin(), size.end()};
              all.try_emplace("strides", size.begin(), size.end());
              samples.push_back({label,
                                 {sample_values(x)},
                                 [=, size = WindowSizes(size), options = options](auto inputs) {
                                   return pool(inputs[0], size, options);
                                 },
                                 std::move(all)});
            }
            return samples;
          },
      .rejections =
          [=] {
            std::vector<Dim> dims(rank + 2, 2);
            dims[0] = batch;
            const Shape x(dims);
            std::swap(dims[0], dims[1]);
            const Shape along_batch(dims);
            Options far;
            far.padding = 2;
            Options farther;
            farther.padding = 3;
            const auto do_not_fit = [=](std::int64_t size) {
              return name + ": x " + x.to_string() + " and windows " + to_string(Extents(rank, size)) + " do not fit: ";
            };
            return std::vector<Rejection>{
                {"a window larger than x", [=] { pool(input(x), 3, {}); },
                 do_not_fit(3) + "along axis 1 a window spans 3 elements, but there are 2, padding included"},
                {"windows on padding alone", [=] { pool(input(x), 2, far); },
                 do_not_fit(2) + "a window lies on padding alone"},
                {"more padding than window", [=] { pool(input(x), 2, farther); },
                 do_not_fit(2) + "along axis 1 there are 3 elements of padding before and 3 after"},
                {"a symbol to move along", [=] { pool(input(along_batch), 2, {}); },
                 name +
                     ": expected sizes to be numbers along the axes that a window moves along, but axis 1 of shape " +
                     along_batch.to_string() + " is batch"},
                {"another rank",
                 [=] {
                   pool(input({batch, 4}), 2, {});
                 },
                 name + ": expected x to have samples first"},
            };
          },
      .cases =
          [=] {
            Extents window(rank, 1);
            window[0] = 2;
            return special_pooling_cases(special, rank, window, [=, size = WindowSizes(window)](auto inputs) {
              return pool(inputs[0], size, Options());
            });
          },
  };
}

/// Shapes of x and numbers of parts along `rank` axes.
inline std::vector<std::pair<Extents, Extents>> adaptive_pooling_cases(std::size_t rank) {
  switch (rank) {
    case 1:
      return {{{2, 5, 2}, {3}}, {{2, 3, 1}, {5}}, {{1, 1, 1}, {1}}, {{0, 4, 2}, {2}}};
    case 2:
      return {{{1, 5, 2, 2}, {3, 1}}, {{2, 3, 4, 1}, {2, 2}}, {{1, 1, 1, 1}, {1, 1}}, {{0, 4, 4, 2}, {2, 2}}};
    default:
      return {{{1, 2, 3, 2, 2}, {1, 2, 2}}, {{1, 1, 1, 1, 1}, {1, 1, 1}}, {{0, 2, 2, 2, 1}, {1, 2, 1}}};
  }
}

/// Of pooling in equal parts along `rank` axes.
inline OperatorSamples adaptive_pooling_samples(std::string name, const std::vector<PoolingOfTwo>& special,
                                                Tensor (*pool)(const Tensor&, const WindowSizes&), std::size_t rank) {
  const auto cases = adaptive_pooling_cases(rank);
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            for (const auto& [x, counts] : cases) {
              samples.push_back({to_string(x) + " in " + to_string(counts) + " parts",
                                 {sample_values(x)},
                                 [=, counts = WindowSizes(counts)](auto inputs) { return pool(inputs[0], counts); },
                                 {{"counts", {counts.begin(), counts.end()}}}});
            }
            return samples;
          },
      .rejections =
          [=] {
            Extents empty = cases.front().first;
            empty[1] = 0;
            return std::vector<Rejection>{
                {"no parts", [=] { pool(input(Shape(cases.front().first)), 0); },
                 name + ": expected counts of 1 or more, but got 0"},
                {"nothing to cut", [=] { pool(input(Shape(empty)), 1); },
                 name + ": x " + to_string(empty) + " does not divide into"},
                {"another rank",
                 [=] {
                   pool(input({batch, 4}), 2);
                 },
                 name + ": expected x to have samples first"},
            };
          },
      .cases =
          [=] {
            const Extents counts(rank, 1);
            return special_pooling_cases(special, rank, counts, [=, parts = WindowSizes(counts)](auto inputs) {
              return pool(inputs[0], parts);
            });
          },
  };
}

/// Of pooling whole samples.
inline OperatorSamples global_pooling_samples(std::string name, const std::vector<PoolingOfTwo>& special,
                                              Tensor (*pool)(const Tensor&, bool keepdims)) {
  return {
      .samples =
          [=] {
            std::vector<Sample> samples;
            const auto add = [&](std::string label, Extents x, bool keepdims) {
              samples.push_back({std::move(label),
                                 {sample_values(x)},
                                 [=](auto inputs) { return pool(inputs[0], keepdims); },
                                 {{"keepdims", {static_cast<double>(keepdims)}}}});
            };
            add("one axis", {2, 4, 2}, false);
            add("two axes, kept", {2, 2, 3, 2}, true);
            add("three axes", {1, 2, 2, 3, 2}, false);
            add("one element", {1, 1, 1}, false);
            add("no samples", {0, 2, 2}, false);
            return samples;
          },
      .rejections =
          [=] {
            return std::vector<Rejection>{
                {"no axes",
                 [=] {
                   pool(input({batch, 4}), false);
                 },
                 name + ": expected x to have samples first, one to three axes"},
                {"an empty axis",
                 [=] {
                   pool(input({batch, 0, 4}), false);
                 },
                 name + ": x (batch, 0, 4) does not divide into (1,) parts: axis 1 is empty"},
            };
          },
      .cases =
          [=] { return special_pooling_cases(special, 1, {}, [=](auto inputs) { return pool(inputs[0], false); }); },
  };
}

}  // namespace xgrad
