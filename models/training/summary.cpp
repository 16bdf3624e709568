#include <xgrad/models/training/summary.hpp>

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace xgrad {
namespace {

constexpr std::size_t line_length = 65;
constexpr std::array<std::size_t, 3> column_ends{29, 55, 65};

std::string row(const std::array<std::string, 3>& cells) {
  std::string line;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    // A cell that is too long is cut, and one space always parts it from the next.
    if (column > 0) line.back() = ' ';
    line = (line + cells[column]).substr(0, column_ends[column]);
    line.resize(column_ends[column], ' ');
  }
  return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string rule(char character) { return std::string(line_length, character) + "\n"; }

/// "(None, 32)": the batch is what Keras calls None.
std::string shape_text(const Shape& shape) {
  std::string text = "(None";
  for (std::size_t axis = 1; axis < shape.rank(); ++axis) text += ", " + shape[axis].to_string();
  return text + (shape.rank() == 1 ? ",)" : ")");
}

std::string with_commas(std::int64_t number) {
  auto text = std::to_string(number);
  for (auto place = static_cast<std::ptrdiff_t>(text.size()) - 3; place > 0; place -= 3) {
    text.insert(static_cast<std::size_t>(place), ",");
  }
  return text;
}

}  // namespace

std::string summary(const LayerStack& layers) {
  std::string text = rule('_') + row({"Layer (type)", "Output Shape", "Param #"}) + rule('=');
  std::int64_t trainable = 0;
  std::int64_t fixed = 0;
  const auto entries = layers.entries();
  for (std::size_t index = 0; index < entries.size(); ++index) {
    const auto& [layer, state, output_shape] = entries[index];
    std::int64_t parameters = 0;
    for (const auto& weight : state.weights) {
      const auto size = static_cast<std::int64_t>(weight.tensor.value().size());
      (weight.trainable == Trainable::yes ? trainable : fixed) += size;
      parameters += size;
    }
    text +=
        row({fmt::format("{} ({})", state.name, layer.kind()), shape_text(output_shape), std::to_string(parameters)});
    text += rule(index + 1 == entries.size() ? '=' : '_');
  }
  text += fmt::format("Total params: {}\nTrainable params: {}\nNon-trainable params: {}\n",
                      with_commas(trainable + fixed), with_commas(trainable), with_commas(fixed));
  return text + rule('_');
}

}  // namespace xgrad
