#include <xgrad/framework/backends/lapack.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/inv.hpp>
#include <xgrad/ops/matmul.hpp>
#include <xgrad/ops/matrix_stack.hpp>
#include <xgrad/ops/negative.hpp>

namespace xgrad {
namespace {

class Inv final : public Op {
 public:
  std::string_view name() const override { return "inv"; }
  std::optional<Attributes> attributes() const override { return Attributes{}; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }

  void forward(const KernelArguments& arguments) const override {
    for_each_matrix(name(), arguments, [](const auto& at) {
      if (!at.is_finite()) {
        at.write_not_a_number();
        return;
      }
      if (lapack_inverse(at.copied(), at.rows()) != 0) at.reject("singular: it has no inverse");
    });
  }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t) const override {
    const auto transposed = matrix_transpose(name(), at.output());
    return -matmul(matmul(transposed, at.cotangent()), transposed);
  }

  std::optional<std::vector<int>> row_axes(std::span<const TensorType> inputs) const override {
    return rows_of_stacks(inputs);
  }

  double cost(std::span<const Extents> inputs) const override { return 2 * static_cast<double>(inputs[0].back()); }
};

}  // namespace

Tensor inv(const Tensor& x) {
  expect_square("inv", x);
  return apply(std::make_shared<const Inv>(), {x});
}

static const Register registered_inv{{
    .name = "inv",
    .family = OperatorFamily::linear_algebra,
    .signature = "inv(x)",
    .summary = "The inverse of each matrix in the last two axes.",
    .formula = "result with matmul(x, result) = identity",
    .gradient = "-result^T c result^T",
    .shapes = "x (..., n, n): the shape of x",
}};

}  // namespace xgrad
