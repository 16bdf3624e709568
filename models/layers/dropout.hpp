#pragma once

#include <xgrad/models/layers/layer_context.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace xgrad {

/// In training sets each element to 0 with probability `rate`, independently and anew in each step, and scales the
/// others by 1 / (1 - rate), so that the expected value stays; elsewhere it changes nothing. Source: Srivastava et al.,
/// "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
struct Dropout {
  static constexpr std::string_view kind = "Dropout";

  double rate;
  std::optional<std::uint64_t> seed = {};
  Shape input_shape = {};  ///< of one sample; needed in the first layer of a model only
  std::string name = {};

  /// Throws ValueError unless 0 <= rate < 1.
  Tensor call(const Tensor& x, LayerContext& context) const;
};

}  // namespace xgrad
