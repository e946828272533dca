"""数据: files handed in, checked, looked at, published; and the versions that were."""

from dashboard.ui.deliveries.page import DeliveriesPage

page = DeliveriesPage()
page.headline()
page.notices()
page.hand_in()
page.recognised()
page.findings()
page.preview()
page.publish()
page.history()
