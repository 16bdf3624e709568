#pragma once

#include <xgrad/framework/core/tensor.hpp>

namespace xgrad {

/// x kept within [low, high], element by element; [-1, 1] unless given. The derivative is 0 at both ends, as in
/// PyTorch. Floating point. Throws ValueError unless low < high.
Tensor hard_tanh(const Tensor& x);
Tensor hard_tanh(const Tensor& x, double low, double high);

/// min(max(x, 0), 6), element by element. The derivative is 0 at 0 and 6, as in PyTorch. Floating point.
Tensor relu6(const Tensor& x);

/// relu6(x + 3) / 6, element by element, as in PyTorch and Keras 3. The derivative is 0 at -3 and 3. Floating point.
Tensor hard_sigmoid(const Tensor& x);

/// x * relu6(x + 3) / 6, element by element. The derivative is 0 at -3 and 1 at 3. Floating point. Source: Howard et
/// al., "Searching for MobileNetV3", 2019.
Tensor hard_swish(const Tensor& x);

}  // namespace xgrad
