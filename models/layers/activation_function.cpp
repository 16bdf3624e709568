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

struct NamedActivation {
  std::string_view name;
  ActivationFunction function;
};

const auto& named_activations() {
  static const std::array table{
      NamedActivation{"celu", celu},
      NamedActivation{"elu", elu},
      NamedActivation{"exponential", exp},
      NamedActivation{"gelu", gelu},
      NamedActivation{"hard_sigmoid", hard_sigmoid},
      NamedActivation{"hard_swish", hard_swish},
      NamedActivation{"linear", ActivationFunction()},
      NamedActivation{"log_sigmoid", log_sigmoid},
      NamedActivation{"log_softmax", log_softmax},
      NamedActivation{"mish", mish},
      NamedActivation{"relu", relu},
      NamedActivation{"relu6", relu6},
      NamedActivation{"selu", selu},
      NamedActivation{"sigmoid", sigmoid},
      NamedActivation{"silu", silu},
      NamedActivation{"softmax", softmax},
      NamedActivation{"softplus", softplus},
      NamedActivation{"softsign", softsign},
      NamedActivation{"swish", silu},
      NamedActivation{"tanh", tanh},
  };
  return table;
}

}  // namespace

ActivationFunction::Function ActivationFunction::named(std::string_view name) {
  return choose("activation", name, named_activations()).function.function_;
}

}  // namespace xgrad
