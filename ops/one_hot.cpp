#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/op.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/one_hot.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace xgrad {
namespace {

class OneHot final : public Op {
 public:
  OneHot(std::int64_t classes, DType dtype) : classes_(classes), dtype_(dtype) {}

  std::string_view name() const override { return "one_hot"; }
  std::string attributes() const override { return fmt::format("classes={}, dtype={}", classes_, to_string(dtype_)); }

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
    visit(indices.dtype, [&]<class Index>() {
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
    .samples =
        [] {
          std::vector<Sample> samples;
          const auto add = [&](std::string label, Array indices, std::int64_t classes, DType dtype) {
            samples.push_back(
                {std::move(label), {std::move(indices)}, [=](auto x) { return one_hot(x[0], classes, dtype); }});
          };
          add("float64", xt::xarray<int>{2, 0, 1, 2}, 3, DType::float64);
          add("matrix of uint8", xt::xarray<std::uint8_t>{{0, 3}, {1, 1}}, 4, DType::float32);
          add("out of range", xt::xarray<std::int64_t>{-1, 0, 3}, 3, DType::int32);
          add("scalar", 1, 2, DType::boolean);
          add("one element", xt::xarray<int>{0}, 1, DType::float32);
          add("no elements", Array(DType::int64, {0}), 3, DType::float32);
          return samples;
        },
    .rejections =
        [] {
          return std::vector<Rejection>{
              {"indices that are no integers", [] { one_hot(input({3}), 2); },
               "one_hot: expected integer indices, but got float32"},
              {"no classes", [] { one_hot(input({3}, {}, DType::int32), 0); },
               "one_hot: expected at least 1 class, but got 0"},
          };
        },
    .cases =
        [] {
          return std::vector<SpecialCase>{{.inputs = {special_array({0, -1, 5}).cast(DType::int64)},
                                           .value = {1, 0, 0, 0, 0, 0, 0, 0, 0},
                                           .arguments = "3",
                                           .build = [](auto x) { return one_hot(x[0], 3); }}};
        },
}};

}  // namespace xgrad
