#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/core/visit_integer.hpp>
#include <xgrad/ops/one_hot.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

class OneHot final : public Op {
 public:
  OneHot(std::int64_t classes, DType dtype) : classes_(classes), dtype_(dtype) {}

  std::string_view name() const override { return "one_hot"; }
  std::optional<Attributes> attributes() const override { return Attributes{{"classes", classes_}, {"dtype", dtype_}}; }

  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override {
    if (!is_integer(inputs[0].dtype)) {
      throw DTypeError(fmt::format("one_hot: expected integer indices, but got {}; cast them, cast(x, DType::int64)",
                                   to_string(inputs[0].dtype)));
    }
    std::vector<Dim> dims = inputs[0].shape.dims();
    dims.emplace_back(classes_);
    return {{dtype_, Shape(dims)}};
  }

  bool can_fail() const override { return false; }

  void forward(const KernelArguments& arguments) const override {
    const auto& indices = arguments.inputs[0];
    visit_integer(indices.dtype, [&]<class Index>() {
      visit(dtype_,
            [&]<class T>() { fill(indices.as<Index>(), element_count(indices.shape), arguments.outputs[0].as<T>()); });
    });
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    if (inputs[0].shape.rank() == 0) return std::nullopt;
    return std::vector{0};
  }

 private:
  template <class Index, class T>
  void fill(const Index* indices, std::int64_t count, T* output) const {
    std::fill_n(output, count * classes_, T(0));
    for (std::int64_t i = 0; i < count; ++i) {
      const auto index = static_cast<std::int64_t>(indices[i]);
      if (index >= 0 && index < classes_) output[i * classes_ + index] = T(1);
    }
  }

  std::int64_t classes_;
  DType dtype_;
};

}  // namespace

Tensor one_hot(const Tensor& indices, std::int64_t classes, DType dtype) {
  if (classes < 1) {
    throw ValueError(
        fmt::format("one_hot: expected at least 1 class, but got {}; give the number of classes", classes));
  }
  return apply(std::make_shared<const OneHot>(classes, dtype), {indices});
}

static const Register registered_one_hot{{
    .name = "one_hot",
    .family = OperatorFamily::indexing,
    .signature = "one_hot(indices, classes, dtype = float32)",
    .summary = "A last axis that is 1 at the index and 0 elsewhere; zeros only for an index out of range.",
    .formula = "result[i, k] = 1 if indices[i] = k else 0",
    .gradient = "none: indices are integers",
    .shapes = "indices (i...): (i..., classes)",
}};

}  // namespace xgrad
