#include <xgrad/models/layers/activation_function.hpp>
#include <xgrad/models/named_choice.hpp>
#include <xgrad/ops/exp.hpp>
#include <xgrad/ops/gelu.hpp>
#include <xgrad/ops/relu.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softmax.hpp>
#include <xgrad/ops/softplus.hpp>
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
      Entry{"exponential", exp}, Entry{"gelu", gelu},       Entry{"linear", ActivationFunction()}, Entry{"relu", relu},
      Entry{"sigmoid", sigmoid}, Entry{"softmax", softmax}, Entry{"softplus", softplus},           Entry{"tanh", tanh},
  };
  return table;
}

}  // namespace

ActivationFunction::Function ActivationFunction::named(std::string_view name) {
  return choose("activation", name, entries()).function.function_;
}

}  // namespace xgrad
