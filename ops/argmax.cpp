#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/reduction.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/argmax.hpp>
#include <xgrad/ops/max.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <type_traits>

namespace xgrad {
namespace {

class Argmax final : public Op {
 public:
  explicit Argmax(std::size_t axis) : axis_(axis) {}

  std::string_view name() const override { return "argmax"; }
  std::string attributes() const override { return fmt::format("axis={}", axis_); }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    std::vector<Dim> dims = inputs[0].shape.dims();
    dims.erase(dims.begin() + static_cast<std::ptrdiff_t>(axis_));
    return {{DType::int64, Shape(std::move(dims))}};
  }

  void forward(const KernelArguments& arguments) const override {
    const auto& input = arguments.inputs[0];
    auto* result = arguments.outputs[0].as<std::int64_t>();
    const std::int64_t count = input.shape[axis_];
    std::int64_t outer = 1;
    std::int64_t inner = 1;
    for (std::size_t axis = 0; axis < axis_; ++axis) outer *= input.shape[axis];
    for (std::size_t axis = axis_ + 1; axis < input.shape.size(); ++axis) inner *= input.shape[axis];
    visit(input.dtype, [&]<class T>() {
      const T* values = input.as<T>();
      if (inner == 1) {
        first_largest(values, outer, count, count, 1, result);
      } else {
        for (std::int64_t index = 0; index < outer; ++index) {
          first_largest(values + index * count * inner, inner, 1, count, inner, result + index * inner);
        }
      }
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() < 2 || axis_ == 0) return std::nullopt;
    return std::vector{0};
  }

  double cost(std::span<const Extents> inputs) const override { return 4 * static_cast<double>(inputs[0][axis_]); }

 private:
  // Of each of `rows` rows, `row_stride` elements apart, of `count` elements that are `stride` apart. Sixteen rows at a
  // time fill vector registers, and without branches, because where the largest lies is what nobody can predict.
  template <class T>
  static void first_largest(const T* values, std::int64_t rows, std::int64_t row_stride, std::int64_t count,
                            std::int64_t stride, std::int64_t* result) {
    using Number = std::conditional_t<sizeof(T) == 1, std::int32_t, T>;  // wide enough for an index
    using Numbers [[gnu::vector_size(rows_abreast * sizeof(Number))]] = Number;
    for (std::int64_t first = 0; first < rows; first += rows_abreast) {
      const auto present = std::min(rows_abreast, rows - first);
      std::array<const T*, rows_abreast> row;
      for (std::int64_t lane = 0; lane < rows_abreast; ++lane) {
        row[lane] = values + (first + std::min(lane, present - 1)) * row_stride;
      }
      const auto element = [&](std::int64_t i) {
        std::array<Number, rows_abreast> elements;
        for (std::int64_t lane = 0; lane < rows_abreast; ++lane) elements[lane] = row[lane][i * stride];
        return std::bit_cast<Numbers>(elements);
      };
      Numbers largest = element(0);
      auto best = largest != largest;
      auto index = best = best ^ best;
      for (std::int64_t i = 1; i < count; ++i) {
        index += 1;
        const Numbers value = element(i);
        // The second half: the first that is not a number beats all, and nothing beats it.
        const auto is_better = (value > largest) | ((value != value) & (largest == largest));
        best = is_better ? index : best;
        largest = is_better ? value : largest;
      }
      for (std::int64_t lane = 0; lane < present; ++lane) result[first + lane] = best[lane];
    }
  }

  std::size_t axis_;
};

}  // namespace

Tensor argmax(const Tensor& x, int axis) {
  return apply(std::make_shared<const Argmax>(nonempty_axes("argmax", x, axis).front()), {x});
}

static const Register registered_argmax{{
    .name = "argmax",
    .family = OperatorFamily::reduction,
    .signature = "argmax(x, axis = -1)",
    .summary = "Index of the first largest element along an axis.",
    .formula = "the smallest i with x[i] = max(x)",
    .gradient = "none: the result is an index",
    .shapes = "x (a..., n, b...): (a..., b...)",
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Array x, int axis) {
            samples.push_back({std::move(label),
                               {std::move(x)},
                               [=](auto x) { return argmax(x[0], axis); },
                               {{"axis", {static_cast<double>(axis)}}}});
          };
          add("axis -1", sample_values({2, 5}), -1);
          add("axis 0", sample_values({4, 3}), 0);
          add("axis 1", sample_values({2, 3, 4}), 1);
          add("ties", xt::xarray<int>{{1, 3, 3}, {2, 2, 1}}, -1);
          add("bool", xt::xarray<bool>{false, true, true}, -1);
          add("one element", sample_values({1}), -1);
          add("no elements", sample_values({0, 3}), -1);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"an axis that does not exist",
               [] {
                 argmax(input({2, 3}), 2);
               },
               "argmax: axis 2 does not exist"},
              {"a scalar", [] { argmax(input({})); }, "argmax: axis -1 does not exist"},
              {"an empty axis",
               [] {
                 argmax(input({2, 0}));
               },
               "argmax: axis 1 of shape (2, 0) is empty"},
          };
        },
}};

}  // namespace xgrad
