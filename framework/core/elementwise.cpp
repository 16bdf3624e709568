#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/framework/core/error.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

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
      throw DTypeError(fmt::format(
          "{}: expected inputs of one dtype, but got {} and {}; cast one side, for example cast(x, DType::{})", name_,
          to_string(dtype), to_string(input.dtype), to_string(dtype)));
    }
    shape = broadcast(name_, shape, input.shape);
  }
  if (!kernels_[static_cast<std::size_t>(dtype)]) {
    std::vector<std::string_view> possible;
    for (std::size_t index = 0; index < dtype_count; ++index) {
      if (kernels_[index]) possible.push_back(to_string(static_cast<DType>(index)));
    }
    throw DTypeError(fmt::format("{}: expected one of {}, but got {}; cast the input, for example cast(x, DType::{})",
                                 name_, fmt::join(possible, ", "), to_string(dtype), possible.front()));
  }
  return {{predicate_ ? DType::boolean : dtype, std::move(shape)}};
}

std::optional<Tensor> Formula::vjp(const Vjp& at, std::size_t index) const {
  if (rules_.empty() || !is_floating(at.input(index).dtype())) return std::nullopt;
  return rules_[index](at);
}

Elementwise::Kernel Formula::kernel(std::span<const DType> inputs) const {
  return kernels_[static_cast<std::size_t>(inputs[0])];
}

}  // namespace xgrad
