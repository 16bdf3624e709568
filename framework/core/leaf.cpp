#include <xgrad/framework/core/leaf.hpp>

namespace xgrad {

std::optional<Attributes> Constant::attributes() const {
  if (!value_.shape().empty()) return std::nullopt;
  return visit(value_.dtype(), [&]<class T>() {
    return Attributes{{"value", value_.data<T>()[0]}, {"dtype", dtype_of<T>}};
  });
}

}  // namespace xgrad
