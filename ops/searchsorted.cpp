#include <xgrad/framework/core/element_order.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/cumsum.hpp>
#include <xgrad/ops/searchsorted.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace xgrad {
namespace {

class SearchSorted final : public Op {
 public:
  explicit SearchSorted(bool right) : right_(right) {}

  std::string_view name() const override { return "searchsorted"; }
  std::string attributes() const override { return fmt::format("right={}", right_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    const auto& [sorted, values] = std::tie(inputs[0], inputs[1]);
    if (sorted.dtype != values.dtype) {
      throw DTypeError(fmt::format("searchsorted: expected inputs of one dtype, but got {} and {}; cast one of them",
                                   to_string(sorted.dtype), to_string(values.dtype)));
    }
    const auto& lines = sorted.shape;
    const bool fits = lines.rank() == 1 || (lines.rank() > 1 && lines.rank() == values.shape.rank() &&
                                            std::equal(lines.begin(), lines.end() - 1, values.shape.begin()));
    if (!fits) {
      throw ShapeError(
          fmt::format("searchsorted: expected a sorted vector, or values with its leading axes, but got sorted {} and "
                      "values {}; broadcast them",
                      lines.to_string(), values.shape.to_string()));
    }
    return {{DType::int64, values.shape}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& sorted = arguments.inputs[0];
    const auto& values = arguments.inputs[1];
    const auto size = sorted.shape.back();
    const bool is_shared = sorted.shape.size() == 1;
    const auto total = element_count(values.shape);
    const auto count = is_shared ? total : values.shape.back();
    visit(sorted.dtype, [&]<class T>() {
      const T* line = sorted.as<T>();
      auto* result = arguments.outputs[0].as<std::int64_t>();
      for (std::int64_t i = 0; i < total; ++i) {
        if (i > 0 && i % count == 0) line += size;
        const T value = values.as<T>()[i];
        result[i] = (right_ ? std::upper_bound(line, line + size, value, precedes<T>)
                            : std::lower_bound(line, line + size, value, precedes<T>)) -
                    line;
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() > 1) return std::vector{0, 0};
    return inputs[1].shape.rank() == 0 ? std::nullopt : std::optional(std::vector{whole, 0});
  }

  double cost(std::span<const Extents> inputs) const override {
    return 10 * std::log2(static_cast<double>(inputs[0].back() + 1));
  }

 private:
  bool right_;
};

}  // namespace

Tensor searchsorted(const Tensor& sorted, const Tensor& values, bool right) {
  return apply(std::make_shared<const SearchSorted>(right), {sorted, values});
}

static const Register registered_searchsorted{{
    .name = "searchsorted",
    .family = OperatorFamily::indexing,
    .signature = "searchsorted(sorted, values, right = false)",
    .summary = "Where values would have to be inserted to keep a sorted vector in order.",
    .formula = "how many elements of sorted are < value, or <= value with right",
    .gradient = "none: the result is an index",
    .shapes = "sorted (n,), values of any shape, or sorted (a..., n), values (a..., m): the shape of values",
    .samples =
        [] {
          std::vector<Sample> samples;
          // Sums of steps are in order, also when the steps are repeated.
          const auto add = [&](std::string label, Array steps, Array values, bool right) {
            samples.push_back({std::move(label),
                               {std::move(steps), std::move(values)},
                               [=](auto x) { return searchsorted(cast(cumsum(x[0], -1), x[1].dtype()), x[1], right); },
                               {{"right", {right ? 1.0 : 0.0}}}});
          };
          const xt::xarray<int> steps{1, 2, 0, 2};
          const xt::xarray<int> values{{0, 1, 2, 3}, {4, 5, 6, 3}};
          add("a vector of one element", sample_values({1}), sample_values({2, 3}, -2, 2, 1), false);
          add("left of ties", steps, values, false);
          add("right of ties", steps, values, true);
          add("lines of their own", xt::xarray<double>{{0, 1, 1}, {2, 2, 2}}, xt::xarray<double>{{1.5, -1}, {5, 4}},
              true);
          add("scalar", steps, 4, false);
          add("no values", steps, Array(DType::int32, {0, 2}), false);
          add("an empty vector", Array(DType::int32, {0}), values, false);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"other leading axes",
               [] {
                 searchsorted(input({2, 3}), input({3, 3}));
               },
               "searchsorted: expected a sorted vector, or values with its leading axes, but got sorted (2, 3) and "
               "values (3, 3)"},
              {"a scalar", [] { searchsorted(input({}), input({})); }, "searchsorted: expected a sorted vector"},
              {"mixed dtypes", [] { searchsorted(input({3}), input({3}, {}, DType::float64)); },
               "searchsorted: expected inputs of one dtype, but got float32 and float64"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({1, 2, 2, 3}), special_array({2, NAN, -INFINITY})},
                                           .value = {1, 4, 0},
                                           .build = [](auto x) { return searchsorted(x[0], x[1]); }}};
        },
}};

}  // namespace xgrad
