#include <xgrad/framework/autodiff/custom_gradient.hpp>
#include <xgrad/framework/core/error.hpp>

#include <fmt/format.h>

namespace xgrad {
namespace {

/// Input 0 is the value; the others are there for the rules. Attributes cannot tell two rules apart, so each is the
/// same only as itself; `simplify` puts the value in its place before a graph runs.
class CustomGradient final : public Op {
 public:
  explicit CustomGradient(std::vector<VjpRule> rules) : rules_(std::move(rules)) {}

  std::string_view name() const override { return "custom_gradient"; }
  std::vector<TensorType> infer(std::span<const TensorType> inputs) const override { return {inputs[0]}; }
  std::optional<Tensor> simplify(std::span<const Tensor> inputs) const override { return inputs[0]; }
  bool is_reshape() const override { return true; }

  std::optional<Tensor> vjp(const Vjp& at, std::size_t index) const override {
    if (index == 0) return std::nullopt;
    return rules_[index - 1]({at.inputs.subspan(1), at.outputs, at.cotangents});
  }

 private:
  std::vector<VjpRule> rules_;
};

}  // namespace

Tensor custom_gradient(const Tensor& value, const std::vector<Tensor>& xs, std::vector<VjpRule> rules) {
  if (xs.size() != rules.size()) {
    throw GradientError(
        fmt::format("custom_gradient: expected a rule for each of {} x(s), but got {}", xs.size(), rules.size()));
  }
  if (!is_floating(value.dtype())) {
    throw GradientError(fmt::format("custom_gradient: expected a floating-point value, but got {}; cast it to float32",
                                    to_string(value.dtype())));
  }
  std::vector<Tensor> inputs{value};
  inputs.insert(inputs.end(), xs.begin(), xs.end());
  return apply(std::make_shared<const CustomGradient>(std::move(rules)), std::move(inputs));
}

}  // namespace xgrad
