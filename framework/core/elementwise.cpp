#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

namespace xgrad {

std::vector<TensorType> Formula::infer(std::span<const TensorType> inputs) const {
  if (inputs.size() != arity_) {
    throw ValueError(fmt::format("{}: expected {} input(s), but got {}", name_, arity_, inputs.size()));
  }
  Shape shape = inputs[0].shape;
  const DType dtype = inputs[0].dtype;
  for (const auto& input : inputs.subspan(1)) {
    if (input.dtype != dtype) {
      throw DTypeError(
          fmt::format("{}: expected inputs of one dtype, but got {} and {}; cast one side, cast(x, {}) or cast(x, {})",
                      name_, to_string(dtype), to_string(input.dtype), enumerator(input.dtype), enumerator(dtype)));
    }
    if (!(input.shape == shape)) shape = broadcast(name_, shape, input.shape);
  }
  if (!kernels_[static_cast<std::size_t>(dtype)]) {
    std::vector<std::string_view> names;
    std::vector<std::string> casts;
    for (std::size_t index = 0; index < dtype_count; ++index) {
      if (!kernels_[index]) continue;
      names.push_back(to_string(static_cast<DType>(index)));
      casts.push_back(enumerator(static_cast<DType>(index)));
    }
    throw DTypeError(fmt::format("{}: expected one of {}, but got {}; cast the input, for example cast(x, {})", name_,
                                 fmt::join(names, ", "), to_string(dtype), casts.front()));
  }
  return std::vector<TensorType>(results_, {predicate_ ? DType::boolean : dtype, std::move(shape)});
}

Formula::Formula(std::string name, std::size_t arity, std::size_t results, Kernels kernels, bool predicate, double cost,
                 std::vector<VjpRule> rules, SimplifyRule simplify, FormulaCapture captured)
    : name_(std::move(name)),
      arity_(arity),
      results_(results),
      kernels_(kernels),
      predicate_(predicate),
      cost_(cost),
      rules_(std::move(rules)),
      simplify_(std::move(simplify)),
      captured_(std::move(captured)) {
  if (!rules_.empty() && rules_.size() != arity_) {
    throw ValueError(fmt::format("{}: expected no vjp rule, or one for each of {} input(s), but got {}", name_, arity_,
                                 rules_.size()));
  }
}

std::optional<Attributes> Formula::attributes() const {
  if (captured_.formula && captured_.attributes == Attributes{}) return std::nullopt;
  return captured_.attributes;
}

bool Formula::has_kernels_of(const Op& other) const {
  const auto& kernels = static_cast<const Formula&>(other).kernels_;
  return std::equal(kernels_.begin(), kernels_.end(), kernels.begin(),
                    [](const Kernel& left, const Kernel& right) { return left.has_code_of(right); });
}

std::optional<Tensor> Formula::vjp(const Vjp& at, std::size_t index) const {
  if (rules_.empty()) return std::nullopt;
  return rules_[index](at);
}

std::optional<Tensor> Formula::simplify(std::span<const Tensor> inputs) const {
  return simplify_ ? simplify_(inputs) : std::nullopt;
}

Elementwise::Kernel Formula::kernel(std::span<const DType> inputs) const {
  return kernels_[static_cast<std::size_t>(inputs[0])];
}

}  // namespace xgrad
