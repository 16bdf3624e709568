#include <xgrad/models/layers/activation_function.hpp>
#include <xgrad/models/named_choice.hpp>
#include <xgrad/ops/elu.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/gelu.hpp>
#include <xgrad/ops/hard_tanh.hpp>
#include <xgrad/ops/log_sigmoid.hpp>
#include <xgrad/ops/mish.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/silu.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/softplus.hpp>
#include <xgrad/ops/softsign.hpp>
#include <xgrad/ops/tanh.hpp>

#include <array>

namespace xgrad {
namespace {

struct Entry {
  std::string_view name;
  ActivationFunction function;
};

const auto& entries() {
  static const std::array table{
      Entry{"celu", celu},
      Entry{"elu", elu},
      Entry{"exponential", exp},
      Entry{"gelu", gelu},
      Entry{"hard_sigmoid", hard_sigmoid},
      Entry{"hard_swish", hard_swish},
      Entry{"linear", ActivationFunction()},
      Entry{"log_sigmoid", log_sigmoid},
      Entry{"log_softmax", log_softmax},
      Entry{"mish", mish},
      Entry{"relu", relu},
      Entry{"relu6", relu6},
      Entry{"selu", selu},
      Entry{"sigmoid", sigmoid},
      Entry{"silu", silu},
      Entry{"softmax", softmax},
      Entry{"softplus", softplus},
      Entry{"softsign", softsign},
      Entry{"swish", silu},
      Entry{"tanh", tanh},
  };
  return table;
}

}  // namespace

ActivationFunction::Function ActivationFunction::named(std::string_view name) {
  return choose("activation", name, entries()).function.function_;
}

}  // namespace xgrad
