### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = Бронь на «{ $area }» здесь мы не принимаем. Позвоните нам, и мы посмотрим, что можно сделать.
area-not-bookable-but = Бронь на «{ $area }» здесь мы не принимаем. Будем рады видеть вас тут: { $areas }.
no-place-open-to-party = Места для такой компании в это время придержаны для других. Позвоните нам, и мы посмотрим, что можно сделать.
larger-groups-ask = Здесь можно забронировать стол не больше чем на { $most ->
    [one] { $most } гостя
    [few] { $most } гостей
   *[many] { $most } гостей
}. Пришлите нам запрос, и мы ответим лично.
would-like = Если получится
would-like-quiet = в тихом месте
would-like-window = у окна
would-like-booth = на диванчиках
