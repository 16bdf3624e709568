#include <xgrad/models/named_choice.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/optimizer.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>

#include <array>

namespace xgrad {

const Optimizer& Optimizer::named(std::string_view name) {
  struct Entry {
    std::string_view name;
    Optimizer optimizer;
  };
  static const std::array table{Entry{"adam", Adam{}}, Entry{"rmsprop", RMSprop{}}, Entry{"sgd", SGD{}}};
  return choose("optimizer", name, table).optimizer;
}

}  // namespace xgrad
