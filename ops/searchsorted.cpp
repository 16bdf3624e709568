#include <xgrad/framework/core/element_order.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/cast.hpp>
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
  std::optional<Attributes> attributes() const override { return Attributes{{"right", right_}}; }

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
}};

}  // namespace xgrad
